import { h } from 'preact';
import type { PublicOrder } from '#contract/public-order.ts';
import { type CustomerText, sayFor, timeAsOf } from './customer-text.ts';
import { orderSteps } from './order-steps.ts';
import type { StepTimes } from './step-times.ts';

/** The steps of an order, with the times that are known. */
export function OrderProgress({ order, times, now, timeZone, text }: OrderProgressProps) {
  return h(
    'ol',
    { class: 'steps', 'aria-label': text.t('steps.label') },
    orderSteps(order, times).map(({ status, reached, current, at }) =>
      h(
        'li',
        {
          key: status,
          class: 'step',
          'data-testid': 'track-step',
          'data-step': status,
          'data-reached': String(reached),
          'aria-current': current ? 'step' : undefined,
        },
        h('span', { class: 'mark', 'aria-hidden': 'true' }),
        h('span', { class: 'step-name' }, sayFor(text, `step.${status}`, order.fulfilment)),
        at === null ? null : h('time', { dateTime: at, class: 'step-time' }, timeAsOf(at, now, timeZone, text)),
        h('span', { class: 'sr-only' }, text.t(current ? 'step.current' : reached ? 'step.done' : 'step.later')),
      ),
    ),
  );
}
export interface OrderProgressProps {
  order: PublicOrder;
  times?: StepTimes | undefined;
  now: number;
  timeZone: string;
  text: CustomerText;
}
