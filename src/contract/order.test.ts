import { describe, expect, it } from 'vitest';
import { anOrder } from '#test/support/an-order.ts';
import { detailsOf } from './errors.ts';
import { Order, OrderDraft, OrderPatch, PaymentRequest, StatusRequest } from './order.ts';
import { LEGACY_STATUSES, STATUSES } from './status.ts';

const draft = (change: Record<string, unknown> = {}) => ({
  items: [{ name: 'Khachapuri', quantity: 2 }],
  currency: 'GEL',
  totalMinor: 2900,
  ...change,
});
const item = (change: Record<string, unknown>) => draft({ items: [{ name: 'Khachapuri', quantity: 1, ...change }] });
const taken = (body: unknown) => OrderDraft.safeParse(body).success;
const faults = (body: unknown) => detailsOf(OrderDraft.safeParse(body).error ?? fail(body));
const fail = (body: unknown): never => {
  throw new Error(`was taken: ${JSON.stringify(body)}`);
};

describe('[section 4] the body of POST /orders', () => {
  it('requires items, currency and totalMinor only', () => {
    expect(taken(draft())).toBe(true);
    for (const field of ['items', 'currency', 'totalMinor']) {
      const { [field]: _, ...rest } = draft() as Record<string, unknown>;
      expect(faults(rest).map(({ path }) => path)).toEqual([field]);
    }
    expect(faults(draft({ items: [{}] })).map(({ path }) => path)).toEqual(['items.0.name', 'items.0.quantity']);
  });

  it('may contain every field that a sender may set', () => {
    const whole = draft({
      storeId: 'main',
      number: '117',
      externalId: 'web-8812',
      source: 'web',
      fulfilment: 'delivery',
      status: 'pending',
      priority: true,
      customer: { ref: 'u-17', name: 'ნინო', phone: '+995 555 12 34 56' },
      table: '7',
      covers: 4,
      note: 'ring the bell',
      payment: { status: 'paid', method: 'card' },
      placedAt: '2026-11-21T10:00:00Z',
      dueAt: '2026-11-21T14:30:00+04:00',
    });
    expect(OrderDraft.parse(whole)).toMatchObject({
      placedAt: '2026-11-21T10:00:00.000Z',
      dueAt: '2026-11-21T10:30:00.000Z',
    });
  });

  it.each([
    'id',
    'statusSince',
    'acknowledgedAt',
    'acknowledgedBy',
    'firedCourse',
    'reason',
    'createdAt',
    'updatedAt',
    'version',
    'seq',
    'surprise',
    'constructor',
  ])('must not contain %s, which is refused by name', (field) => {
    expect(faults(draft({ [field]: 1 }))).toEqual([{ path: field, message: 'is not a field of this' }]);
  });

  it('must not contain an unknown field at any depth, which is refused by name', () => {
    expect(faults(item({ modifiers: [{ name: 'cheese', colour: 'blue' }] }))[0]?.path).toBe(
      'items.0.modifiers.0.colour',
    );
    expect(faults(draft({ customer: { email: 'a@b' } }))[0]?.path).toBe('customer.email');
    expect(faults(draft(JSON.parse('{"__proto__":1}')))[0]?.path).toBe('__proto__');
  });

  it('may contain null for absent', () => {
    const nulls = Object.fromEntries(
      Object.keys(OrderDraft.shape)
        .filter((key) => !['items', 'currency', 'totalMinor', 'fulfilment'].includes(key))
        .map((key) => [key, null]),
    );
    const parsed = OrderDraft.parse(draft(nulls)) as Record<string, unknown>;
    expect(Object.values(parsed).filter((value) => value === null)).toEqual([]);
    for (const key of Object.keys(nulls)) expect(parsed[key]).toBeUndefined();
    expect(faults(draft({ items: null }))[0]?.path).toBe('items');
  });

  it('may contain legacy status names, which become current ones', () => {
    for (const [old, now] of Object.entries(LEGACY_STATUSES))
      expect(OrderDraft.parse(draft({ status: old })).status).toBe(now);
    for (const status of STATUSES) expect(OrderDraft.parse(draft({ status })).status).toBe(status);
    for (const wrong of ['', 'PENDING', 'pending ', 'zzz', 'toString', '__proto__'])
      expect(taken(draft({ status: wrong }))).toBe(false);
  });
});

describe('[section 4] sizes', () => {
  const items = (count: number) => draft({ items: Array.from({ length: count }, () => ({ name: 'x', quantity: 1 })) });
  it('1 to 200 items', () => {
    expect([0, 1, 200, 201].map((count) => taken(items(count)))).toEqual([false, true, true, false]);
  });
  it.each([
    ['a name of an item', 200, (s: string) => item({ name: s })],
    ['a name of a modifier', 200, (s: string) => item({ modifiers: [{ name: s }] })],
    ['a name of a customer', 200, (s: string) => draft({ customer: { name: s } })],
    ['a note of an item', 2000, (s: string) => item({ note: s })],
    ['a note of an order', 2000, (s: string) => draft({ note: s })],
    ['a number', 20, (s: string) => draft({ number: s })],
  ])('%s has up to %d characters in any script', (_, max, body) => {
    for (const character of ['x', 'ж', '王', '𝕏', '🍕']) {
      expect(taken(body(character.repeat(max)))).toBe(true);
      expect(taken(body(character.repeat(max + 1)))).toBe(false);
    }
  });
  it('a name is neither empty nor blank', () => {
    expect([item({ name: '' }), item({ name: ' \t' }), draft({ number: ' ' })].map(taken)).toEqual([
      false,
      false,
      false,
    ]);
  });
  it('text is well formed: no NUL, no lone surrogate', () => {
    expect([item({ name: 'a\u0000b' }), item({ note: '\ud83c' }), draft({ externalId: '\udf55' })].map(taken)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('[section 4] numbers, money and times', () => {
  const wrong = [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '1', true, [], {}, Number.MAX_SAFE_INTEGER];
  it.each(wrong)('money is not %s', (value) => expect(taken(draft({ totalMinor: value }))).toBe(false));
  it('money may be zero', () => expect(taken(draft({ totalMinor: 0 }))).toBe(true));
  it.each([...wrong, 0, null])('a quantity is not %s', (value) => {
    expect(taken(item({ quantity: value }))).toBe(false);
  });
  it.each(['', 'gel', 'GE', 'GELL', '₾', 'G€L', null])('a currency is not "%s"', (value) => {
    expect(taken(draft({ currency: value }))).toBe(false);
  });
  it.each([
    '2026-11-21',
    '2026-11-21T10:00:00',
    '2026-02-30T10:00:00Z',
    '2026-11-21T25:00:00Z',
    'tomorrow',
    1_795_255_200_000,
    '+012026-11-21T10:00:00Z',
    '9999-12-31T23:59:59-01:00',
    '0000-01-01T00:00:00+01:00',
  ])('a time is not %s', (value) => expect(taken(draft({ dueAt: value }))).toBe(false));
  it('a time comes out in UTC with milliseconds', () => {
    const dueAt = (text: string) => OrderDraft.parse(draft({ dueAt: text })).dueAt;
    expect(dueAt('2026-11-22T00:30:00.1234+04:00')).toBe('2026-11-21T20:30:00.123Z');
    expect(dueAt('2026-11-21T10:00:00Z')).toBe('2026-11-21T10:00:00.000Z');
  });
  it('the items of an order have different ids', () => {
    const two = { name: 'x', quantity: 1, id: 'a' };
    expect(faults(draft({ items: [two, { ...two, id: 'b' }, two] }))[0]?.path).toBe('items.2.id');
  });
});

describe('[section 4] the body of PATCH', () => {
  it('may contain each of its nine fields alone', () => {
    for (const body of [
      { customer: { name: 'Nino' } },
      { table: '7' },
      { covers: 2 },
      { items: [{ name: 'x', quantity: 1 }] },
      { note: '' },
      { priority: true },
      { dueAt: '2026-11-21T10:00:00Z' },
      { totalMinor: 1 },
      { number: '8' },
      {},
    ])
      expect(OrderPatch.parse(body)).toBeDefined();
  });
  it.each(['status', 'payment', 'fulfilment', 'currency', 'externalId', 'source', 'placedAt', 'version', 'storeId'])(
    'refuses %s, which has another way or none',
    (field) => {
      expect(OrderPatch.safeParse({ [field]: 'x' }).success).toBe(false);
    },
  );
});

describe('[section 5] bodies of status and payment', () => {
  it('accept a legacy status name, and a reason', () => {
    expect(StatusRequest.parse({ status: 'canceled', reason: 'no show' })).toEqual({
      status: 'cancelled',
      reason: 'no show',
    });
    expect(StatusRequest.safeParse({ status: 'cancelled', reason: ' ' }).success).toBe(false);
  });
  it('accept the four statuses of a payment', () => {
    for (const status of ['unpaid', 'paid', 'refunded', 'failed'])
      expect(PaymentRequest.parse({ status })).toMatchObject({ status });
    expect(PaymentRequest.safeParse({ status: 'stolen' }).success).toBe(false);
  });
});

it('[section 4] an order on the wire has every field; absent ones are null', () => {
  const order = anOrder();
  expect(Order.parse(order)).toEqual(order);
  for (const field of Object.keys(order)) {
    const { [field as keyof Order]: _, ...rest } = order;
    expect(Order.safeParse(rest).success, `without ${field}`).toBe(false);
  }
});

describe('[section 4] fields that must be explicit', () => {
  it('a missing fulfilment is accepted, a null one is not', () => {
    expect(OrderDraft.safeParse(draft()).success).toBe(true);
    expect(OrderDraft.safeParse(draft({ fulfilment: null })).success).toBe(false);
  });

  it('a payment without a status is refused', () => {
    expect(OrderDraft.safeParse(draft({ payment: {} })).success).toBe(false);
  });
});
