import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { bodyOf, statusIs } from '../support/expect.ts';
import { Delta, type Order, Snapshot, STATUSES } from '../support/shapes.ts';
import { changesFrom, openShop, place, setStatus, snapshotOf, syncPath } from '../support/shop.ts';

const byId = (orders: Iterable<Order>): Order[] => [...orders].toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** `GET /snapshot` (contract, section 5; rule S4). */
export const snapshot = group('snapshot', {
  '[S4] a snapshot has every open order and every one changed lately, as they are': async (trial) => {
    const shop = await openShop(trial);
    const orders = [];
    for (const status of STATUSES) orders.push(await place(shop, { status }));
    const changed = await setStatus(shop, orders[0]?.id ?? '', 'cancelled', 'no dough');
    const gone = await place(shop);
    statusIs(await shop.integration.delete(`/orders/${gone.id}`), 204);
    const seen = await snapshotOf(shop);
    assert.deepEqual(byId(seen.orders), byId([changed, ...orders.slice(1)]));
    // One change each, one more for the two that were ended, one for the first, two for the one that is gone.
    assert.equal(seen.seq, STATUSES.length + 2 + 1 + 2);
  },

  '[S4] a display that took a snapshot goes on from its seq': async (trial) => {
    const shop = await openShop(trial);
    await place(shop);
    const { epoch, seq, hash } = await snapshotOf(shop);
    const next = await place(shop);
    const delta = bodyOf(await shop.display.get(syncPath({ epoch, cursor: seq, hash })), 200, Delta);
    assert.deepEqual(
      delta.changes.map(({ order }) => order),
      [next],
    );
  },

  '[S4] a snapshot taken while orders come and go is of one moment: with the log after it, it is the truth': async (
    trial,
  ) => {
    const shop = await openShop(trial);
    let writing = true;
    const write = async () => {
      for (let i = 0; i < 12; i++) {
        const { id } = await place(shop);
        await setStatus(shop, id, 'preparing');
        if (i % 3 === 0) statusIs(await shop.integration.delete(`/orders/${id}`), 204);
      }
    };
    const writers = Promise.all([write(), write(), write()]).finally(() => {
      writing = false;
    });
    const taken = [];
    while (writing) taken.push(await snapshotOf(shop));
    await writers;
    const truth = byId((await snapshotOf(shop)).orders);
    for (const { epoch, seq, hash, orders } of taken) {
      assert.ok(
        orders.every((order) => order.seq <= seq),
        `an order from after ${seq}`,
      );
      const rebuilt = new Map(orders.map((order) => [order.id, order]));
      for (const { orderId, order } of (await changesFrom(shop, { epoch, cursor: seq, hash })).changes) {
        if (order) rebuilt.set(orderId, order);
        if (order === null) rebuilt.delete(orderId);
      }
      assert.deepEqual(byId(rebuilt.values()), truth);
    }
    assert.ok(taken.length > 1);
  },

  '[5] a snapshot is compressed for who can read it': async (trial) => {
    const shop = await openShop(trial);
    await Promise.all(Array.from({ length: 20 }, () => place(shop)));
    const answer = await shop.display.get('/snapshot', { 'accept-encoding': 'gzip' });
    statusIs(answer, 200);
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
  },

  '[5] an admin who names the store gets the same snapshot': async (trial) => {
    const shop = await openShop(trial);
    await place(shop);
    const own = await snapshotOf(shop);
    const seen = bodyOf(await shop.admin.get(`/snapshot?storeId=${shop.id}`), 200, Snapshot);
    assert.deepEqual([seen.epoch, seen.seq, seen.hash, seen.orders], [own.epoch, own.seq, own.hash, own.orders]);
  },
});
