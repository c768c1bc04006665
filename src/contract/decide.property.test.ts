import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anItem, anOrder } from '#test/support/an-order.ts';
import { type Intent, OUTCOMES } from './command.ts';
import { type DecideContext, decide } from './decide.ts';
import { Order } from './order.ts';
import { FULFILMENTS, moveOf, PAYMENT_STATUSES, RANK, STATUSES } from './status.ts';

const START = Date.parse('2026-11-21T10:00:00.000Z');
const HOUR = 3_600_000;
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const moment = fc.integer({ min: START - 30 * HOUR, max: START + 30 * HOUR });
const instant = moment.map((ms) => new Date(ms).toISOString());
const itemId = fc.constantFrom('i1', 'i2', 'i3');

const orders: fc.Arbitrary<Order> = fc
  .record({
    fulfilment: fc.constantFrom(...FULFILMENTS),
    status: fc.constantFrom(...STATUSES),
    statusSince: instant,
    priority: fc.boolean(),
    firedCourse: fc.integer({ min: 1, max: 4 }),
    items: fc
      .uniqueArray(itemId, { minLength: 1 })
      .chain((ids) => fc.tuple(...ids.map((id) => fc.boolean().map((done) => anItem({ id, done }))))),
    payment: fc.record({
      status: fc.constantFrom(...PAYMENT_STATUSES),
      method: maybe(fc.constantFrom('card', 'cash')),
    }),
    dueAt: maybe(instant),
    acknowledgedAt: maybe(instant),
    version: fc.integer({ min: 1, max: 9 }),
  })
  .map(anOrder);

const step = fc.record(
  { from: fc.constantFrom(...STATUSES), to: fc.constantFrom(...STATUSES), reason: fc.constantFrom('x', 'no show') },
  { requiredKeys: ['from', 'to'] },
);
const payment = fc.record(
  { status: fc.constantFrom(...PAYMENT_STATUSES), method: fc.constantFrom('card', 'cash') },
  { requiredKeys: ['status'] },
);
const word = fc.constantFrom('oven', 'grill', 'bar');
const typed = <T extends Intent['type']>(type: T, payload: fc.Arbitrary<Extract<Intent, { type: T }>['payload']>) =>
  payload.map((value) => ({ type, payload: value }) as Intent);
const intents: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 6, arbitrary: typed('set_status', step) },
  typed('set_item_done', fc.record({ itemId, done: fc.boolean() })),
  typed('acknowledge', fc.constant({})),
  typed('set_priority', fc.record({ priority: fc.boolean() })),
  typed('set_due', fc.record({ dueAt: maybe(instant) })),
  typed('fire_course', fc.record({ course: fc.integer({ min: 1, max: 4 }) })),
  typed('move_items', fc.record({ items: fc.array(fc.record({ itemId, station: maybe(word) }), { minLength: 1 }) })),
  typed('set_payment', payment),
);
const contexts: fc.Arbitrary<DecideContext> = fc.record({
  now: moment,
  issuedAt: moment,
  baseVersion: fc.integer({ min: 0, max: 9 }),
  by: fc.constant('Pass'),
});

const always = (check: (order: Order, intent: Intent, context: DecideContext) => void) =>
  fc.assert(fc.property(orders, intents, contexts, check), { numRuns: 20_000 });

describe('decide(), whatever the order, the intent and the time', () => {
  it('is total: returns one of the four outcomes, and a message with every rejection', () => {
    always((order, intent, context) => {
      const decision = decide(order, intent, context);
      expect(OUTCOMES).toContain(decision.outcome);
      if (decision.outcome === 'rejected') expect(decision.message).toMatch(/\.$/);
    });
  });

  it('[S5] is pure: the same input gives the same result and is not modified', () => {
    always((order, intent, context) => {
      const before = structuredClone(order);
      expect(decide(order, intent, context)).toEqual(decide(before, intent, context));
      expect(order).toEqual(before);
    });
  });

  it('[C4] is idempotent: repeating an applied intent is `already`', () => {
    always((order, intent, context) => {
      const decision = decide(order, intent, context);
      if (decision.outcome !== 'applied') return;
      expect(decide(decision.order, intent, context)).toEqual({ outcome: 'already' });
    });
  });

  it('moves an order only by the status table, and back only for a recall', () => {
    always((order, intent, context) => {
      const decision = decide(order, intent, context);
      if (decision.outcome !== 'applied' || decision.order.status === order.status) return;
      const move = moveOf(order.status, decision.order.status, order.fulfilment);
      expect(move).not.toBe('no');
      if (move !== 'recall' || intent.type !== 'set_status') return;
      expect(RANK[intent.payload.to]).toBeLessThan(RANK[intent.payload.from] ?? Number.NaN);
      expect(context.baseVersion).toBe(order.version);
    });
  });

  it('changes only the fields of its type, raises the version by one, and returns a valid order', () => {
    always((order, intent, context) => {
      const decision = decide(order, intent, context);
      if (decision.outcome !== 'applied') return;
      const after = decision.order;
      expect(Order.parse(after)).toEqual(after);
      expect(after.version).toBe(order.version + 1);
      expect(after.status !== order.status).toBe(decision.type === 'order_status_changed');
      const changed = Object.keys(order).filter(
        (key) => !Object.is(order[key as keyof Order], after[key as keyof Order]),
      );
      expect(changed.filter((key) => !CHANGES[intent.type].includes(key))).toEqual([]);
    });
  });
});

const TRACES = ['version', 'updatedAt'];
const CHANGES: Record<Intent['type'], string[]> = {
  set_status: [...TRACES, 'status', 'statusSince', 'reason', 'acknowledgedAt', 'acknowledgedBy'],
  set_item_done: [...TRACES, 'items'],
  move_items: [...TRACES, 'items'],
  acknowledge: [...TRACES, 'acknowledgedAt', 'acknowledgedBy'],
  set_priority: [...TRACES, 'priority'],
  set_due: [...TRACES, 'dueAt'],
  fire_course: [...TRACES, 'firedCourse'],
  set_payment: [...TRACES, 'payment'],
};
