import { expect, it } from 'vitest';
import { publicView } from '#contract/public-order.ts';
import { FULFILMENTS, STATUSES, type Status } from '#contract/status.ts';
import { anOrder } from '#test/support/an-order.ts';
import { isLate, orderSteps } from './order-steps.ts';
import { type StepTimes, withStep } from './step-times.ts';

type Change = Parameters<typeof anOrder>[0];
const seen = (change: Change) => publicView(anOrder(change));
/** `+pending ready`: a plus for a step that is reached. */
const stepsOf = (change: Change) =>
  orderSteps(seen(change))
    .map(({ status, reached }) => (reached ? '+' : '') + status)
    .join(' ');

it.each<[Change, string]>([
  [{ status: 'pending', fulfilment: 'pickup' }, '+pending preparing ready completed'],
  [{ status: 'ready', fulfilment: 'dine_in' }, '+pending +preparing +ready completed'],
  [{ status: 'ready', fulfilment: 'delivery' }, '+pending +preparing +ready delivering completed'],
  [{ status: 'delivering', fulfilment: 'delivery' }, '+pending +preparing +ready +delivering completed'],
  [{ status: 'completed', fulfilment: 'booking' }, '+pending +preparing +ready +completed'],
  [{ status: 'rejected', fulfilment: 'delivery' }, '+pending +rejected'],
  [{ status: 'cancelled', fulfilment: 'pickup' }, '+pending +cancelled'],
])('[section 9] of %o a customer sees %s', (change, steps) => {
  expect(stepsOf(change)).toBe(steps);
});

it('[section 9] one step is where the order is now, and has the time since when', () => {
  for (const status of STATUSES)
    for (const fulfilment of FULFILMENTS) {
      if (status === 'delivering' && fulfilment !== 'delivery') continue;
      const order = seen({ status, fulfilment, placedAt: '2026-11-21T10:00:00.000Z' });
      const steps = orderSteps(order);
      expect(steps.filter(({ current }) => current).map((step) => step.status)).toEqual([status]);
      expect(steps[0]?.at).toBe('2026-11-21T10:00:00.000Z');
      if (status !== 'pending') expect(steps.find(({ current }) => current)?.at).toBe(order.statusSince);
      expect(steps.filter(({ at }) => at !== null).length).toBeLessThanOrEqual(2);
    }
});

/** `pending 10:00`; a step without a time stands alone. */
const timesOf = (change: Change, went: readonly [Status, string][]) => {
  const at = (minute: string) => `2026-11-21T${minute}:00.000Z`;
  const times = went.reduce<StepTimes>((all, [status, minute]) => withStep(all, status, at(minute)), {});
  const [status, since] = went.at(-1) ?? ['pending', '10:00'];
  const order = seen({ ...change, status, placedAt: at('10:00'), statusSince: at(since) });
  return orderSteps(order, times).map((step) => [step.status, step.at?.slice(11, 16)].filter(Boolean).join(' '));
};

it('[section 9] each step has the time when it happened, also after a recall', () => {
  const went = [
    ['preparing', '10:05'],
    ['ready', '10:20'],
  ] as const satisfies [Status, string][];
  const pickup = { fulfilment: 'pickup' } as const;
  expect(timesOf(pickup, [...went])).toEqual(['pending 10:00', 'preparing 10:05', 'ready 10:20', 'completed']);
  const recalled: [Status, string][] = [...went, ['preparing', '10:21']];
  expect(timesOf(pickup, recalled)).toEqual(['pending 10:00', 'preparing 10:21', 'ready', 'completed']);
  expect(timesOf(pickup, [...recalled, ['ready', '10:30'], ['completed', '10:40']])).toEqual([
    'pending 10:00',
    'preparing 10:21',
    'ready 10:30',
    'completed 10:40',
  ]);
});

it('[section 9] of an order that was called off the steps before stay, with their times', () => {
  const went: [Status, string][] = [
    ['preparing', '10:05'],
    ['ready', '10:20'],
    ['preparing', '10:21'],
    ['cancelled', '10:25'],
  ];
  expect(timesOf({ fulfilment: 'delivery' }, went)).toEqual(['pending 10:00', 'preparing 10:21', 'cancelled 10:25']);
});

it('a step of which the page has not heard has no time', () => {
  const went: [Status, string][] = [
    ['preparing', '10:05'],
    ['delivering', '10:30'],
  ];
  expect(timesOf({ fulfilment: 'delivery' }, went)).toEqual([
    'pending 10:00',
    'preparing 10:05',
    'ready',
    'delivering 10:30',
    'completed',
  ]);
});

it('an order is late when its time has passed and the customer still waits for it', () => {
  const dueAt = '2026-11-21T10:00:00.000Z';
  const after = Date.parse(dueAt) + 1;
  const late = (change: Change) => isLate(seen({ dueAt, ...change }), after);
  expect(late({ status: 'preparing', fulfilment: 'pickup' })).toBe(true);
  expect(late({ status: 'ready', fulfilment: 'delivery' })).toBe(true);
  expect(late({ status: 'ready', fulfilment: 'pickup' })).toBe(false);
  expect(late({ status: 'completed', fulfilment: 'delivery' })).toBe(false);
  expect(late({ status: 'cancelled', fulfilment: 'pickup' })).toBe(false);
  expect(late({ status: 'preparing', fulfilment: 'booking' })).toBe(false);
  expect(late({ status: 'preparing', dueAt: null })).toBe(false);
  expect(isLate(seen({ dueAt, status: 'preparing' }), after - 1)).toBe(false);
});
