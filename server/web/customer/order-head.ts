import { h } from 'preact';
import type { PublicOrder } from '#contract/public-order.ts';
import { isCalledOff } from '#contract/status.ts';
import { type CustomerText, sayFor, timeAsOf } from './customer-text.ts';
import { isLate } from './order-steps.ts';

/** The number, what is happening with the order, and when it is expected. */
export function OrderHead({ order, now, timeZone, text, level }: OrderHeadProps) {
  const { fulfilment, table, status } = order;
  const kind = [text.t(`fulfilment.${fulfilment}`), ...(table ? [text.t('order.table', { table })] : [])].join(' · ');
  return h(
    'header',
    { class: 'head' },
    h('p', { class: 'kind' }, kind),
    h(
      level,
      { class: 'number', 'data-size': order.number.length > 8 ? 's' : order.number.length > 4 ? 'm' : 'l' },
      h('span', { class: 'number-label' }, text.t('order.label'), ' '),
      h('bdi', null, order.number),
    ),
    h('p', { class: 'now', role: 'status' }, sayFor(text, `now.${status}`, fulfilment)),
    ...hints(order, text).map((line) => h('p', { class: 'hint' }, line)),
    h(Expected, { order, now, timeZone, text }),
    status === 'ready' ? h('span', { class: 'tick', 'aria-hidden': 'true' }) : null,
  );
}
export interface OrderHeadProps {
  order: PublicOrder;
  now: number;
  timeZone: string;
  text: CustomerText;
  level: 'h1' | 'h2';
}

/** What it means, and what to do. */
function hints({ status, fulfilment, payment }: PublicOrder, text: CustomerText): string[] {
  if (status === 'pending') return [text.t('hint.pending')];
  if (status === 'ready' && fulfilment === 'pickup') return [text.t('hint.ready.pickup')];
  return isCalledOff(status) && payment.status === 'paid' ? [text.t('hint.paid')] : [];
}

/** When it is expected; with a mark once that has passed. */
function Expected({ order, now, timeZone, text }: Omit<OrderHeadProps, 'level'>) {
  const { status, fulfilment, dueAt } = order;
  const waits = status !== 'completed' && !isCalledOff(status) && (status !== 'ready' || fulfilment === 'delivery');
  if (dueAt === null || !waits) return null;
  const late = isLate(order, now);
  const key = fulfilment === 'booking' || fulfilment === 'delivery' ? (`due.${fulfilment}` as const) : 'due.made';
  const words = text.t(late ? 'due.late' : key, { time: timeAsOf(dueAt, now, timeZone, text) });
  return h('p', { class: late ? 'hint late' : 'hint' }, words);
}
