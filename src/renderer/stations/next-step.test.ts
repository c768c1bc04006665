import { expect, test } from 'vitest';
import { FULFILMENTS, type Fulfilment, nextStatus, STATUSES, type Status } from '#contract/status.ts';
import { nextStep } from './bump-here.ts';

type Words = [pickup: string | null, delivery: string | null, dineIn: string | null, booking: string | null];
const TABLE: Record<Status, Words> = {
  pending: ['step.start', 'step.start', 'step.start', 'step.start'],
  preparing: ['step.ready', 'step.ready', 'step.ready', 'step.ready'],
  ready: ['step.hand_over', 'step.send_out', 'step.serve', 'step.serve'],
  delivering: ['step.delivered', 'step.delivered', 'step.delivered', 'step.delivered'],
  completed: [null, null, null, null],
  rejected: [null, null, null, null],
  cancelled: [null, null, null, null],
};
const KINDS: readonly Fulfilment[] = ['pickup', 'delivery', 'dine_in', 'booking'];

test.each(STATUSES.flatMap((status) => FULFILMENTS.map((fulfilment) => ({ status, fulfilment }))))(
  'the button of a $fulfilment order in $status names its next step, if there is one',
  ({ status, fulfilment }) => {
    const word = nextStep({ status, fulfilment });
    expect(word === null).toBe(nextStatus(status, fulfilment) === null);
    expect(word).toBe(TABLE[status][KINDS.indexOf(fulfilment)]);
  },
);
