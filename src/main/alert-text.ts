import { assertNever } from '#contract/assert-never.ts';
import type { Order } from '#contract/order.ts';
import type { Settings } from '#contract/settings.ts';
import type { Alert } from '#core/alert.ts';
import { WORDS } from './words.ts';

/** Lines of an order that a notification has room for. */
const MOST_LINES = 3;

/** What a native notification says. No name and no number of a customer: it stands on a screen that anybody passes. */
export function alertText(alert: Alert, language: Settings['language']): { title: string; body: string } {
  const words = WORDS[language];
  switch (alert.kind) {
    case 'new_order':
      return { title: words.newOrder(alert.order.number), body: linesOf(alert.order) };
    case 'new_orders':
      return { title: words.newOrders(alert.count), body: '' };
    case 'link_lost':
      return { title: words.linkLost, body: words.linkLostDo };
    default:
      return assertNever(alert);
  }
}

function linesOf({ items }: Order): string {
  const lines = items.slice(0, MOST_LINES).map(({ quantity, name }) => `${quantity}× ${name}`);
  return [...lines, ...(items.length > MOST_LINES ? [`+ ${items.length - MOST_LINES}`] : [])].join('\n');
}
