import type { Order } from '#contract/order.ts';
import type { Language } from '#contract/setting-names.ts';
import type { Alert } from '#core/alerts/alert.ts';
import { WORDS } from './words.ts';

/** Lines of an order that a notification has room for. */
const MOST_LINES = 3;

/** What a native notification says. No name and no number of a customer: it stands on a screen that anybody passes. */
export function alertText(alert: Alert, language: Language): { title: string; body: string } {
  const words = WORDS[language];
  if (alert.kind === 'link') return { title: words.linkLost, body: words.linkLostDo };
  const { one, more } = words.alert[alert.kind];
  const [order] = alert.orders;
  if (alert.orders.length > 1) return { title: more(alert.orders.length), body: '' };
  return { title: one(order.number), body: alert.kind === 'cancelled' ? (order.reason ?? '') : linesOf(order) };
}

function linesOf({ items }: Order): string {
  const lines = items.slice(0, MOST_LINES).map(({ quantity, name }) => `${quantity}× ${name}`);
  return [...lines, ...(items.length > MOST_LINES ? [`+ ${items.length - MOST_LINES}`] : [])].join('\n');
}
