import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { aCommand, fullDraft } from '../support/drafts.ts';
import { orderOf, refusalOf, refusesField } from '../support/expect.ts';
import { commandOne, historyOf, openShop, orderNow, place, setStatus, snapshotOf } from '../support/shop.ts';

/** `PATCH /orders/:id` (contract, section 4). */
export const patches = group('PATCH', {
  '[4] PATCH changes each field it takes, and nothing else': async (trial) => {
    const shop = await openShop(trial);
    let order = await place(shop);
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
      const after = orderOf(await shop.integration.patch(`/orders/${order.id}`, { [field]: value }));
      const { version, seq, updatedAt } = after;
      assert.deepEqual(after, { ...order, [field]: value, version, seq, updatedAt });
      assert.equal(version, order.version + 1);
      order = after;
    }
    assert.deepEqual(await orderNow(shop, order.id), order);
  },

  '[4] PATCH refuses what it does not take, by name': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const { status, payment, currency, source, fulfilment, placedAt, externalId } = fullDraft();
    const given = { status, payment, currency, source, fulfilment, placedAt, externalId };
    for (const [field, value] of Object.entries({ ...given, storeId: shop.id, version: 7, seq: 7, surprise: 1 }))
      refusesField(await shop.integration.patch(`/orders/${order.id}`, { [field]: value }), field);
    assert.deepEqual(await orderNow(shop, order.id), order);
  },

  '[4] items are replaced whole, and one keeps its `done` when its id comes back': async (trial) => {
    const shop = await openShop(trial);
    const items = ['a', 'b', 'c'].map((id) => ({ id, name: `Item ${id}`, quantity: 1 }));
    const order = await place(shop, { items });
    for (const itemId of ['a', 'b']) await commandOne(shop, aCommand(order, 'set_item_done', { itemId, done: true }));
    const next = [
      { id: 'a', name: 'Item a', quantity: 3 },
      { id: 'd', name: 'Item d', quantity: 1 },
    ];
    const after = orderOf(await shop.integration.patch(`/orders/${order.id}`, { items: next }));
    const seen = after.items.map(({ id, quantity, done }) => ({ id, quantity, done }));
    assert.deepEqual(seen, [
      { id: 'a', quantity: 3, done: true },
      { id: 'd', quantity: 1, done: false },
    ]);
  },

  '[4] a PATCH that changes nothing makes no change': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop, { note: 'ring', table: '7', priority: true });
    const { note, table, priority, totalMinor, number } = order;
    for (const patch of [{ note }, { note, table, priority, totalMinor, number }])
      assert.deepEqual(orderOf(await shop.integration.patch(`/orders/${order.id}`, patch)), order);
    assert.equal((await historyOf(shop, order.id)).length, 1);
    assert.equal((await snapshotOf(shop)).seq, order.seq);
  },

  '[4] null in a PATCH is the same as absent': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop, { note: 'ring', table: '7', dueAt: '2026-01-05T11:00:00.000Z' });
    const patch = { note: null, table: null, dueAt: null, priority: true };
    const after = orderOf(await shop.integration.patch(`/orders/${order.id}`, patch));
    assert.deepEqual(
      [after.note, after.table, after.dueAt, after.priority],
      ['ring', '7', '2026-01-05T11:00:00.000Z', true],
    );
  },

  '[4] with If-Match a PATCH is refused as a conflict once the order has moved on': async (trial) => {
    const shop = await openShop(trial);
    const { id, version } = await place(shop);
    const path = `/orders/${id}`;
    const second = orderOf(await shop.integration.patch(path, { note: 'a' }, { 'if-match': String(version) }));
    assert.equal(second.version, version + 1);
    refusalOf(await shop.integration.patch(path, { note: 'b' }, { 'if-match': String(version) }), 'conflict');
    assert.deepEqual(await orderNow(shop, id), second);
    const moved = await setStatus(shop, id, 'preparing');
    refusalOf(await shop.integration.patch(path, { note: 'b' }, { 'if-match': String(second.version) }), 'conflict');
    orderOf(await shop.integration.patch(path, { note: 'b' }, { 'if-match': String(moved.version) }));
  },

  '[4] of ten PATCHes with one If-Match at once, one goes through': async (trial) => {
    const shop = await openShop(trial);
    const { id, version } = await place(shop);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        shop.integration.patch(`/orders/${id}`, { note: `note ${i}` }, { 'if-match': String(version) }),
      ),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    for (const answer of answers.filter(({ status }) => status !== 200)) refusalOf(answer, 'conflict');
    assert.equal((await orderNow(shop, id)).version, version + 1);
  },
});
