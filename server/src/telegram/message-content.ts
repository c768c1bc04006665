import type { OrderEscalationKind } from '#contract/admin.ts';
import type { Item, Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';

/** What a message shows: HTML of Telegram, and rows of buttons. */
export interface Content {
  text: string;
  buttons: { text: string; callback_data: string }[][];
}

export interface OrderFacts {
  order: Order;
  timeZone: string;
  alert: OrderEscalationKind | null;
  asking: boolean;
}

/** Why an order is rejected, by the name in a button's data. */
export const REASONS = { out: 'Out of stock', busy: 'Too busy', closing: 'We are closing', other: 'Other reason' };
export type ReasonName = keyof typeof REASONS;

/** Telegram allows 4,096 characters, entities parsed; the rest is for the lines around the items. */
const MOST_OF_ITEMS = 2_600;
const LONGEST = 200;
const WORDS: Record<Status, string> = {
  pending: 'New',
  preparing: 'Accepted',
  ready: 'Ready',
  delivering: 'On its way',
  completed: 'Done',
  rejected: 'Rejected',
  cancelled: 'Cancelled',
};
const ALERTS: Record<OrderEscalationKind, string> = {
  undelivered: 'No screen has this order',
  unacknowledged: 'Nobody has seen this order',
  no_display: 'No screen is on',
};

/** Cut to a length, with what HTML reads as markup escaped. */
export function escaped(text: string, longest = LONGEST): string {
  const short = text.length > longest ? `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return short.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function orderContent({ order, timeZone, alert, asking }: OrderFacts): Content {
  const { number, status, source, fulfilment, table, note, dueAt, reason } = order;
  const kind = fulfilment === 'dine_in' ? 'dine in' : fulfilment;
  const head = [`<b>#${escaped(number)}</b>`, source && escaped(source), kind, table && `table ${escaped(table)}`];
  const lines = [
    head.filter(Boolean).join(' · '),
    `<b>${WORDS[status]}</b>${reason ? `: ${escaped(reason)}` : ''}`,
    alert && status === 'pending' && `⚠️ <b>${ALERTS[alert]}</b>`,
    order.acknowledgedBy && status === 'pending' && `Seen by ${escaped(order.acknowledgedBy)}`,
    '',
    ...itemLines(order.items),
    note && `📝 ${escaped(note, 500)}`,
    '',
    [dueAt && `Due ${timeIn(timeZone, dueAt)}`, money(order)].filter(Boolean).join(' · '),
  ];
  return {
    text: lines.filter((line) => line !== null && line !== false).join('\n'),
    buttons: status === 'pending' ? buttonsOf(order, asking) : [],
  };
}

function buttonsOf({ id, acknowledgedAt }: Order, asking: boolean): Content['buttons'] {
  const button = (text: string, action: string) => ({ text, callback_data: `${action}:${id}` });
  if (!asking) {
    const first = [button('Accept', 'accept'), button('Reject', 'reject')];
    return acknowledgedAt === null ? [first, [button('Seen', 'seen')]] : [first];
  }
  const reasons = Object.entries(REASONS).map(([name, text]) => [button(text, `reject-${name}`)]);
  return [...reasons, [button('Back', 'back')]];
}

function itemLines(items: readonly Item[]): string[] {
  const lines: string[] = [];
  let length = 0;
  for (const [i, item] of items.entries()) {
    const line = itemLine(item);
    length += line.length;
    if (length > MOST_OF_ITEMS) return [...lines, `+${items.length - i} more`];
    lines.push(line);
  }
  return lines;
}

function itemLine({ name, quantity, modifiers, note }: Item): string {
  const more = modifiers
    .slice(0, 10)
    .map((one) => `\n   + ${one.quantity > 1 ? `${one.quantity} × ` : ''}${escaped(one.name, 80)}`);
  if (modifiers.length > 10) more.push(`\n   +${modifiers.length - 10} more`);
  return `<b>${quantity} ×</b> ${escaped(name)}${more.join('')}${note ? `\n   📝 ${escaped(note)}` : ''}`;
}

const timeIn = (timeZone: string, at: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(
    new Date(at),
  );

const money = ({ currency, totalMinor }: Order): string => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  return format.format(totalMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};
