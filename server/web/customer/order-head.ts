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
      { class: 'number' },
      h('span', { class: 'number-label' }, text.t('order.label'), ' '),
      h('bdi', null, order.number),
    ),
    h('p', { class: 'now', role: 'status' }, sayFor(text, `now.${status}`, fulfilment)),
    ...hints(order, now, timeZone, text).map((line) => h('p', { class: 'hint' }, line)),
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

function hints(order: PublicOrder, now: number, timeZone: string, text: CustomerText): string[] {
  const { status, fulfilment, dueAt } = order;
  const ended = status === 'completed' || isCalledOff(status);
  const lines: string[] = [];
  if (status === 'pending') lines.push(text.t('hint.pending'));
  if (status === 'ready' && fulfilment === 'pickup') lines.push(text.t('hint.ready.pickup'));
  if (dueAt && !ended && (status !== 'ready' || fulfilment === 'delivery')) {
    const time = timeAsOf(dueAt, now, timeZone, text);
    const key = fulfilment === 'booking' || fulfilment === 'delivery' ? (`due.${fulfilment}` as const) : 'due.made';
    lines.push(text.t(isLate(order, now) ? 'due.late' : key, { time }));
  }
  if (isCalledOff(status) && order.payment.status === 'paid') lines.push(text.t('hint.paid'));
  return lines;
}
