import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { eachRow, group } from '../support/check.ts';
import { aCommand, anItem, fullDraft } from '../support/drafts.ts';
import { orderOf, refusalOf, refusesField, statusIs } from '../support/expect.ts';

/** `PATCH /orders/:id` (contract, section 4). */
export const patches = group('PATCH', {
  '[4] PATCH changes each field it takes, and nothing else': async (shop) => {
    let order = await shop.place();
    const changes = {
      customer: { ref: 'u-2', name: 'ญาดา', phone: '+66' },
      table: '9',
      covers: 2,
      note: 'new',
      priority: true,
      dueAt: '2026-01-05T11:00:00.000Z',
      totalMinor: 1,
      number: 'P-1',
    };
    for (const [field, value] of Object.entries(changes)) {
      const after = orderOf(await shop.patch(order.id, { [field]: value }));
      const { version, seq, updatedAt } = after;
      assert.deepEqual(after, { ...order, [field]: value, version, seq, updatedAt });
      assert.equal(version, order.version + 1);
      order = after;
    }
    assert.deepEqual(await shop.order(order.id), order);
  },
  '[4] PATCH refuses what it does not take, by name': async (shop) => {
    const order = await shop.place();
    const { status, payment, currency, source, fulfilment, placedAt, externalId } = fullDraft();
    const given = { status, payment, currency, source, fulfilment, placedAt, externalId };
    for (const [field, value] of Object.entries({ ...given, storeId: shop.id, version: 7, seq: 7, surprise: 1 }))
      refusesField(await shop.patch(order.id, { [field]: value }), field);
    assert.deepEqual(await shop.order(order.id), order);
  },
  '[4] items are replaced whole, and one keeps its `done` when its id comes back': async (shop) => {
    const order = await shop.place({ items: ['a', 'b', 'c'].map((id) => anItem({ id })) });
    for (const itemId of ['a', 'b']) await shop.commandOne(aCommand(order, 'set_item_done', { itemId, done: true }));
    const items = [anItem({ id: 'a', quantity: 3 }), anItem({ id: 'd' })];
    const after = orderOf(await shop.patch(order.id, { items }));
    const rows = after.items.map(({ id, quantity, done }) => `${id} ${quantity} ${done}`);
    assert.deepEqual(rows, ['a 3 true', 'd 1 false']);
  },
  '[4] a PATCH that changes nothing makes no change': async (shop) => {
    const order = await shop.place({ note: 'ring', table: '7', priority: true });
    const { note, table, priority, totalMinor, number } = order;
    for (const patch of [{ note }, { note, table, priority, totalMinor, number }])
      assert.deepEqual(orderOf(await shop.patch(order.id, patch)), order);
    assert.equal((await shop.history(order.id)).length, 1);
    assert.equal((await shop.snapshot()).seq, order.seq);
  },
  '[4] null in a PATCH is the same as absent': async (shop) => {
    const given = { note: 'ring', table: '7', dueAt: '2026-01-05T11:00:00.000Z' };
    const { id } = await shop.place(given);
    const { note, table, dueAt, priority } = orderOf(
      await shop.patch(id, { note: null, table: null, dueAt: null, priority: true }),
    );
    assert.deepEqual({ note, table, dueAt, priority }, { ...given, priority: true });
  },
  '[4] with If-Match a PATCH is refused as a conflict once the order has moved on': async (shop) => {
    const { id, version } = await shop.place();
    const patch = (note: string, seen: number) => shop.patch(id, { note }, { 'if-match': String(seen) });
    const second = orderOf(await patch('a', version));
    assert.equal(second.version, version + 1);
    refusalOf(await patch('b', version), 'conflict');
    assert.deepEqual(await shop.order(id), second);
    const moved = await shop.setStatus(id, 'preparing');
    refusalOf(await patch('b', second.version), 'conflict');
    orderOf(await patch('b', moved.version));
  },
  '[4] of ten PATCHes with one If-Match at once, one goes through': async (shop) => {
    const { id, version } = await shop.place();
    const patch = (_: unknown, i: number) => shop.patch(id, { note: `note ${i}` }, { 'if-match': String(version) });
    const refused = (await Promise.all(Array.from({ length: 10 }, patch))).filter(({ status }) => status !== 200);
    assert.equal(refused.length, 9);
    for (const answer of refused) refusalOf(answer, 'conflict');
    assert.equal((await shop.order(id)).version, version + 1);
  },
});

export const payments = group('payment', {
  '[5] an integration sets every payment status, with or without a method': async (shop) => {
    const { id } = await shop.place();
    for (const status of ['paid', 'refunded', 'failed', 'unpaid']) {
      const payment = { status, method: `by ${status}` };
      assert.deepEqual(orderOf(await shop.pay(id, payment)).payment, payment);
      assert.equal((await shop.history(id)).at(-1)?.type, 'payment_updated');
    }
    assert.equal(orderOf(await shop.pay(id, { status: 'paid' })).payment.status, 'paid');
  },
  '[5] a payment that is not one of the four is refused and changes nothing': async (shop) => {
    const order = await shop.place();
    for (const body of [{ status: 'zzz' }, { status: null }, {}, { method: 'card' }])
      refusesField(await shop.pay(order.id, body), 'status');
    refusesField(await shop.pay(order.id, { status: 'paid', amount: 1 }), 'amount');
    assert.deepEqual(await shop.order(order.id), order);
  },
});

const CARD = { status: 'refunded', method: 'card' };
const newKey = () => ({ 'idempotency-key': randomUUID() });

/** A change, another change after it, and what the order must still have when the first is then repeated. */
const REPEATS = [
  ['status change', 'move', { status: 'preparing' }, { status: 'ready' }, { status: 'ready' }],
  ['payment', 'pay', { status: 'paid' }, CARD, { payment: CARD }],
  ['PATCH', 'patch', { note: 'a' }, { note: 'b' }, { note: 'b' }],
] as const;

/** "These two, PATCH and DELETE take an `Idempotency-Key` header" (contract, section 5). */
export const idempotency = group('idempotency keys', {
  ...eachRow(REPEATS, ([what, call, change, next, has]) => [
    `[5] a repeated ${what} gets its first answer and happens once`,
    async (shop) => {
      const { id } = await shop.place();
      const key = newKey();
      const first = orderOf(await shop[call](id, change, key));
      const second = orderOf(await shop[call](id, next));
      assert.deepEqual(second, { ...second, ...has });
      assert.deepEqual(orderOf(await shop[call](id, change, key)), first);
      assert.deepEqual(await shop.order(id), second);
      assert.equal((await shop.history(id)).length, 3);
    },
  ]),
  '[5] a repeated DELETE is 204 again, and without its key 404': async (shop) => {
    const { id } = await shop.place();
    const key = newKey();
    for (let i = 0; i < 2; i++) statusIs(await shop.remove(id, key), 204);
    refusalOf(await shop.remove(id), 'not_found');
  },
  '[5] the same key with another body is 422 invalid_request and changes nothing': async (shop) => {
    const { id } = await shop.place();
    const key = newKey();
    const order = orderOf(await shop.patch(id, { note: 'a' }, key));
    refusalOf(await shop.patch(id, { note: 'b' }, key), 'invalid_request', 422);
    assert.deepEqual(await shop.order(id), order);
  },
  '[5] a key belongs to the token that used it': async (shop) => {
    const second = await shop.addDevice('integration');
    const { id } = await shop.place();
    const key = newKey();
    orderOf(await shop.patch(id, { note: 'a' }, key));
    assert.equal(orderOf(await second.patch(`/orders/${id}`, { note: 'b' }, key)).note, 'b');
  },
  '[5] one key ten times at once happens once': async (shop) => {
    const { id, version } = await shop.place();
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.move(id, { status: 'preparing' }, key)));
    for (const answer of answers) assert.equal(orderOf(answer).version, version + 1);
    assert.equal((await shop.history(id)).length, 2);
  },
});
