import type { Order } from '#contract/order.ts';
import type { Language } from '#contract/setting-names.ts';
import { withoutOverrides } from '#contract/without-overrides.ts';
import type { Alert } from '#core/alerts/alert.ts';
import { WORDS } from './words.ts';

/** A notification has room for this many lines of an order. */
const MAX_LINES = 3;

/** The text of a native notification. It names no customer and no phone number, since anybody may see the screen. */
export function alertText(
  alert: Alert,
  language: Language,
  platform: NodeJS.Platform,
): { title: string; body: string } {
  const { title, body } = plainText(alert, language);
  // Linux parses the body, but not the title, as markup (Desktop Notifications Specification).
  return {
    title: withoutOverrides(title),
    body: withoutOverrides(platform === 'linux' ? escapeMarkup(body) : body),
  };
}

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function plainText(alert: Alert, language: Language): { title: string; body: string } {
  const words = WORDS[language];
  if (alert.kind === 'link') return { title: words.linkLost, body: words.linkLostDo };
  const { one, more } = words.alert[alert.kind];
  const [order] = alert.orders;
  if (alert.orders.length > 1) return { title: more(alert.orders.length), body: '' };
  return { title: one(order.number), body: alert.kind === 'cancelled' ? (order.reason ?? '') : linesOf(order) };
}

function linesOf({ items }: Order): string {
  const lines = items.slice(0, MAX_LINES).map(({ quantity, name }) => `${quantity}× ${name}`);
  return [...lines, ...(items.length > MAX_LINES ? [`+ ${items.length - MAX_LINES}`] : [])].join('\n');
}
