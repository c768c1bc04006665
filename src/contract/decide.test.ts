import { describe, expect, it } from 'vitest';
import { anItem, anOrder } from '#test/support/an-order.ts';
import { COMMAND_TYPES, type CommandType, type Intent } from './command.ts';
import { type DecideContext, type Decision, decide, STALE_AFTER_MS } from './decide.ts';
import type { Order } from './order.ts';
import { type Fulfilment, STATUSES, type Status } from './status.ts';

const NOW = Date.parse('2026-11-21T10:05:00.000Z');
const context = (change: Partial<DecideContext> = {}): DecideContext => ({
  now: NOW,
  issuedAt: NOW,
  baseVersion: 1,
  by: 'Pass',
  ...change,
});

/** `applied`, `already`, `superseded`, or the code of a rejection. */
const word = (decision: Decision): string => (decision.outcome === 'rejected' ? decision.code : decision.outcome);

/** The decision on each intent for an order in each status: one column per status, in the order of STATUSES. */
interface Line {
  intent: Intent;
  fulfilment?: Fulfilment;
  order?: Partial<Order>;
  //         pending, preparing, ready, delivering, completed, rejected, cancelled
  becomes: [string, string, string, string, string, string, string];
}
const intent = <T extends CommandType>(type: T, payload: Extract<Intent, { type: T }>['payload']) =>
  ({ type, payload }) as Intent;
const step = (from: Status, to: Status, reason?: string) =>
  intent('set_status', reason === undefined ? { from, to } : { from, to, reason });

const YES = 'applied';
const THERE = 'already';
const PAST = 'superseded';
const NO = 'invalid_transition';
const LATE = 'too_late';
const GONE = 'order_cancelled';

const lines: Record<string, Line> = {
  // Forward: an order already at or past the target is no error.
  'pending → preparing': {
    intent: step('pending', 'preparing'),
    becomes: [YES, THERE, PAST, PAST, PAST, GONE, GONE],
  },
  'preparing → ready': {
    intent: step('preparing', 'ready'),
    becomes: [NO, YES, THERE, PAST, PAST, GONE, GONE],
  },
  'ready → completed, pickup': {
    intent: step('ready', 'completed'),
    becomes: [NO, NO, YES, YES, THERE, GONE, GONE],
  },
  'ready → completed, delivery': {
    intent: step('ready', 'completed'),
    fulfilment: 'delivery',
    becomes: [NO, NO, NO, YES, THERE, GONE, GONE],
  },
  'ready → delivering, delivery': {
    intent: step('ready', 'delivering'),
    fulfilment: 'delivery',
    becomes: [NO, NO, YES, THERE, PAST, GONE, GONE],
  },
  'ready → delivering, dine-in': {
    intent: step('ready', 'delivering'),
    fulfilment: 'dine_in',
    becomes: [NO, NO, NO, THERE, PAST, GONE, GONE],
  },
  'pending → ready, a leap': {
    intent: step('pending', 'ready'),
    becomes: [NO, YES, THERE, PAST, PAST, GONE, GONE],
  },
  // Back: requires the version that the user saw (it matches here), one step only.
  'recall ready → preparing': {
    intent: step('ready', 'preparing'),
    becomes: [NO, THERE, YES, NO, NO, GONE, GONE],
  },
  'recall delivering → ready': {
    intent: step('delivering', 'ready'),
    fulfilment: 'delivery',
    becomes: [NO, NO, THERE, YES, NO, GONE, GONE],
  },
  'recall completed → ready, pickup': {
    intent: step('completed', 'ready'),
    becomes: [NO, NO, THERE, YES, YES, GONE, GONE],
  },
  'recall completed → delivering, delivery': {
    intent: step('completed', 'delivering'),
    fulfilment: 'delivery',
    becomes: [NO, NO, NO, THERE, YES, GONE, GONE],
  },
  'recall preparing → pending': {
    intent: step('preparing', 'pending'),
    order: { statusSince: new Date(NOW).toISOString() },
    becomes: [THERE, YES, NO, NO, NO, GONE, GONE],
  },
  // Rejected and cancelled.
  'reject with a reason': {
    intent: step('pending', 'rejected', 'too busy'),
    becomes: [YES, LATE, LATE, LATE, LATE, THERE, GONE],
  },
  'cancel with a reason': {
    intent: step('pending', 'cancelled', 'no show'),
    becomes: [YES, YES, YES, YES, LATE, GONE, THERE],
  },
  'reject without a reason': {
    intent: step('pending', 'rejected'),
    becomes: ['invalid', 'invalid', 'invalid', 'invalid', 'invalid', THERE, GONE],
  },
  'cancel without a reason': {
    intent: step('pending', 'cancelled'),
    becomes: ['invalid', 'invalid', 'invalid', 'invalid', 'invalid', GONE, THERE],
  },
  // The rest.
  acknowledge: {
    intent: intent('acknowledge', {}),
    becomes: [YES, PAST, PAST, PAST, PAST, GONE, GONE],
  },
  'acknowledge, acknowledged before': {
    intent: intent('acknowledge', {}),
    order: { acknowledgedAt: '2026-11-21T10:01:00.000Z', acknowledgedBy: 'Bar' },
    becomes: [THERE, THERE, THERE, THERE, THERE, THERE, THERE],
  },
  'tick an item off': {
    intent: intent('set_item_done', { itemId: 'i1', done: true }),
    becomes: [YES, YES, YES, YES, LATE, GONE, GONE],
  },
  'tick an item off, done before': {
    intent: intent('set_item_done', { itemId: 'i1', done: false }),
    becomes: [THERE, THERE, THERE, THERE, THERE, THERE, THERE],
  },
  'tick an item off that is not there': {
    intent: intent('set_item_done', { itemId: 'i9', done: true }),
    becomes: ['not_found', 'not_found', 'not_found', 'not_found', 'not_found', 'not_found', 'not_found'],
  },
  'set priority': {
    intent: intent('set_priority', { priority: true }),
    becomes: [YES, YES, YES, YES, LATE, GONE, GONE],
  },
  'set priority, set before': {
    intent: intent('set_priority', { priority: false }),
    becomes: [THERE, THERE, THERE, THERE, THERE, THERE, THERE],
  },
  'promise a time': {
    intent: intent('set_due', { dueAt: '2026-11-21T10:30:00.000Z' }),
    becomes: [YES, YES, YES, YES, LATE, GONE, GONE],
  },
  'take a promise back': {
    intent: intent('set_due', { dueAt: null }),
    order: { dueAt: '2026-11-21T10:30:00.000Z' },
    becomes: [YES, YES, YES, YES, LATE, GONE, GONE],
  },
  'promise the time it has': {
    intent: intent('set_due', { dueAt: null }),
    becomes: [THERE, THERE, THERE, THERE, THERE, THERE, THERE],
  },
  'fire the second course': {
    intent: intent('fire_course', { course: 2 }),
    becomes: [YES, YES, YES, YES, LATE, GONE, GONE],
  },
  'fire the course that is fired': {
    intent: intent('fire_course', { course: 1 }),
    becomes: [THERE, THERE, THERE, THERE, THERE, THERE, THERE],
  },
  'fire a course after a later one': {
    intent: intent('fire_course', { course: 2 }),
    order: { firedCourse: 3 },
    becomes: [PAST, PAST, PAST, PAST, PAST, PAST, PAST],
  },
  'send the first item to the grill': {
    intent: intent('move_items', { items: [{ itemId: 'i1', station: 'grill' }] }),
    becomes: [YES, YES, YES, YES, LATE, GONE, GONE],
  },
  'send the first item to the oven, where it is': {
    intent: intent('move_items', { items: [{ itemId: 'i1', station: 'oven' }] }),
    becomes: [THERE, THERE, THERE, THERE, THERE, THERE, THERE],
  },
  // Payment is independent of the order's status.
  'mark as paid': {
    intent: intent('set_payment', { status: 'paid', method: 'cash' }),
    becomes: [YES, YES, YES, YES, YES, YES, YES],
  },
  'mark as unpaid, as it is': {
    intent: intent('set_payment', { status: 'unpaid' }),
    becomes: [THERE, THERE, THERE, THERE, THERE, THERE, THERE],
  },
  refund: {
    intent: intent('set_payment', { status: 'refunded' }),
    becomes: ['forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden'],
  },
  'mark a payment as failed': {
    intent: intent('set_payment', { status: 'failed' }),
    becomes: ['forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden'],
  },
};
const cells = Object.entries(lines).flatMap(([name, line]) =>
  STATUSES.map((status, i) => ({ name, ...line, status, expected: line.becomes[i] })),
);

describe('[C4] [C6] the decision on an intent', () => {
  it('is tested for every type of command', () => {
    expect(new Set(Object.values(lines).map((line) => line.intent.type))).toEqual(new Set(COMMAND_TYPES));
  });

  it.each(cells)('$name: an order that is $status → $expected', ({ intent, fulfilment, order, status, expected }) => {
    expect(word(decide(anOrder({ fulfilment: fulfilment ?? 'pickup', ...order, status }), intent, context()))).toBe(
      expected,
    );
  });

  it.each(COMMAND_TYPES)('is not_found for %s on an order that is not in this store', (type) => {
    const some = Object.values(lines).find((line) => line.intent.type === type)?.intent as Intent;
    expect(word(decide(undefined, some, context()))).toBe('not_found');
  });
});

describe('[C4] stale', () => {
  const recall = step('ready', 'preparing');
  it('applies to a recall of a version other than the one seen', () => {
    const order = anOrder({ status: 'ready', version: 5 });
    expect(word(decide(order, recall, context({ baseVersion: 4 })))).toBe('stale');
    expect(word(decide(order, recall, context({ baseVersion: 6 })))).toBe('stale');
    expect(word(decide(order, recall, context({ baseVersion: 5 })))).toBe('applied');
  });
  it('[C6] does not apply to a forward move, whatever version was seen', () => {
    const order = anOrder({ status: 'preparing', version: 5 });
    expect(word(decide(order, step('preparing', 'ready'), context({ baseVersion: 2 })))).toBe('applied');
  });
  it('applies to taps more than 12 hours old', () => {
    const bump = step('pending', 'preparing');
    expect(word(decide(anOrder(), bump, context({ issuedAt: NOW - STALE_AFTER_MS })))).toBe('applied');
    expect(word(decide(anOrder(), bump, context({ issuedAt: NOW - STALE_AFTER_MS - 1 })))).toBe('stale');
  });
  it('does not apply if the order is already there', () => {
    const old = context({ issuedAt: NOW - 2 * STALE_AFTER_MS });
    expect(word(decide(anOrder({ status: 'preparing' }), step('pending', 'preparing'), old))).toBe('already');
  });
  it('does not apply to a tap from a display whose clock runs ahead', () => {
    const ahead = context({ issuedAt: NOW + 2 * 3_600_000 });
    expect(word(decide(anOrder(), step('pending', 'preparing'), ahead))).toBe('applied');
  });
});

describe('[section 4] recall', () => {
  it('of an order in preparation is too late after 60 seconds', () => {
    const order = anOrder({ status: 'preparing', statusSince: '2026-11-21T10:00:00.000Z' });
    const at = (now: string) => word(decide(order, step('preparing', 'pending'), context({ now: Date.parse(now) })));
    expect(at('2026-11-21T10:01:00.000Z')).toBe('applied');
    expect(at('2026-11-21T10:01:00.001Z')).toBe('too_late');
  });
  it('to pending leaves or makes the order acknowledged, so that it does not ring', () => {
    const since = { status: 'preparing', statusSince: new Date(NOW).toISOString() } as const;
    const seen = { acknowledgedAt: '2026-11-21T10:01:00.000Z', acknowledgedBy: 'Bar' };
    const back = (order: Order) => decide(order, step('preparing', 'pending'), context());
    expect(back(anOrder({ ...since, ...seen }))).toMatchObject({ order: { status: 'pending', ...seen } });
    expect(back(anOrder(since))).toMatchObject({
      order: { acknowledgedAt: '2026-11-21T10:05:00.000Z', acknowledgedBy: 'Pass' },
    });
  });
  it('of a completed order is too late after 60 minutes', () => {
    const order = anOrder({ status: 'completed', statusSince: '2026-11-21T09:00:00.000Z' });
    const at = (now: string) => word(decide(order, step('completed', 'ready'), context({ now: Date.parse(now) })));
    expect(at('2026-11-21T10:00:00.000Z')).toBe('applied');
    expect(at('2026-11-21T10:00:00.001Z')).toBe('too_late');
  });
});

describe('an applied intent returns the whole resulting order', () => {
  it('moved: status, since when, a higher version, and the previous status', () => {
    const order = anOrder({ version: 3 });
    expect(decide(order, step('pending', 'preparing'), context())).toEqual({
      outcome: 'applied',
      type: 'order_status_changed',
      previousStatus: 'pending',
      order: {
        ...order,
        status: 'preparing',
        statusSince: '2026-11-21T10:05:00.000Z',
        updatedAt: '2026-11-21T10:05:00.000Z',
        version: 4,
      },
    });
  });
  it('ended: the reason, in the order and in the change', () => {
    const decision = decide(anOrder(), step('pending', 'rejected', 'oven is broken'), context());
    expect(decision).toMatchObject({ reason: 'oven is broken', order: { reason: 'oven is broken' } });
  });
  it('acknowledged: when and by whom', () => {
    expect(decide(anOrder(), intent('acknowledge', {}), context({ by: 'Bar' }))).toMatchObject({
      type: 'order_acknowledged',
      order: { acknowledgedAt: '2026-11-21T10:05:00.000Z', acknowledgedBy: 'Bar', status: 'pending' },
    });
  });
  it('ticked: only that item', () => {
    const order = anOrder({ items: [anItem(), anItem({ id: 'i2' })] });
    const decision = decide(order, intent('set_item_done', { itemId: 'i2', done: true }), context());
    expect(decision).toMatchObject({ type: 'order_updated', order: { items: [{ done: false }, { done: true }] } });
  });
  it('sent to stations: only those items, and all or none of them', () => {
    const order = anOrder({ items: [anItem(), anItem({ id: 'i2' }), anItem({ id: 'i3' })] });
    const sent = (...itemIds: string[]) =>
      decide(order, intent('move_items', { items: itemIds.map((itemId) => ({ itemId, station: 'bar' })) }), context());
    expect(sent('i2', 'i3')).toMatchObject({
      type: 'order_updated',
      order: { items: [{ station: 'oven' }, { station: 'bar' }, { station: 'bar' }] },
    });
    expect(sent('i2', 'gone')).toMatchObject({ outcome: 'rejected', code: 'not_found' });
  });
  it('paid: the method stays if none is given', () => {
    const order = anOrder({ payment: { status: 'unpaid', method: 'card' } });
    const decision = decide(order, intent('set_payment', { status: 'paid' }), context());
    expect(decision).toMatchObject({
      type: 'payment_updated',
      order: { payment: { status: 'paid', method: 'card' } },
    });
  });
});
