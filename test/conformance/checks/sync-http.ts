import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import type { Client } from '../support/client.ts';
import { aDraft, bigDraft } from '../support/drafts.ts';
import { bodyOf, refusalOf, statusIs } from '../support/expect.ts';
import { Delta, StartOver } from '../support/shapes.ts';
import {
  changesFrom,
  deltaFrom,
  openShop,
  type Position,
  place,
  positionNow,
  setStatus,
  startOfLog,
  syncPath,
} from '../support/shop.ts';

const startOver = async (who: Client, position: Position) => bodyOf(await who.get(syncPath(position)), 200, StartOver);

/** `GET /sync` and the log behind it (contract, section 5; rules S1 and S2). */
export const syncHttp = group('sync over HTTP', {
  '[S2] a display that knows nothing is told to start over, because of the epoch': async (trial) => {
    const shop = await openShop(trial);
    const { seq } = await place(shop);
    const answer = await startOver(shop.display, { epoch: 'none', cursor: 0, hash: null });
    assert.deepEqual([answer.reason, answer.head, answer.known], ['epoch', seq, true]);
  },

  '[S1] the log is numbered 1, 2, 3 … without holes, also when many write at once and some are refused': async (
    trial,
  ) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        [
          () => place(shop),
          () => shop.integration.post('/orders', aDraft({ totalMinor: 'bad' })),
          () => shop.integration.patch(`/orders/${id}`, { note: `note ${i}` }),
          () => shop.integration.post(`/orders/${id}/status`, { status: 'completed' }),
        ][i % 4]?.(),
      ),
    );
    const { changes, position } = await changesFrom(shop, await startOfLog(shop));
    assert.deepEqual(
      changes.map(({ seq }) => seq),
      Array.from({ length: 21 }, (_, i) => i + 1),
    );
    assert.equal(position.cursor, 21);
  },

  '[S2] a delta holds what came after the cursor, with the hash for the next question': async (trial) => {
    const shop = await openShop(trial);
    const orders = [];
    for (let i = 0; i < 5; i++) orders.push(await place(shop));
    let at: Position = await startOfLog(shop);
    for (const [i, order] of orders.entries()) {
      const delta = await deltaFrom(shop, at, 1);
      assert.deepEqual([delta.epoch, delta.from, delta.to, delta.head], [at.epoch, i, i + 1, 5]);
      assert.deepEqual(
        delta.changes.map((change) => change.order),
        [order],
      );
      assert.equal(delta.changes[0]?.at, order.updatedAt);
      at = { epoch: delta.epoch, cursor: delta.to, hash: delta.hash };
    }
    const last = await deltaFrom(shop, at);
    assert.deepEqual([last.from, last.to, last.head, last.changes, last.hash], [5, 5, 5, [], at.hash]);
  },

  '[S1] the hash at a number is the same however one comes there': async (trial) => {
    const shop = await openShop(trial);
    for (let i = 0; i < 6; i++) await place(shop);
    const start = await startOfLog(shop);
    const whole = await changesFrom(shop, start);
    for (const limit of [1, 2, 4])
      assert.equal((await changesFrom(shop, start, limit)).position.hash, whole.position.hash);
    assert.equal((await positionNow(shop)).hash, whole.position.hash);
  },

  '[S3] the hash at 0 is null': async (trial) => {
    const shop = await openShop(trial);
    const empty = await positionNow(shop);
    assert.deepEqual([empty.cursor, empty.hash], [0, null]);
    const delta = await deltaFrom(shop, empty);
    assert.deepEqual([delta.from, delta.to, delta.head, delta.hash, delta.changes], [0, 0, 0, null, []]);
  },

  '[S2] the reason is the first that holds of epoch, future and hash': async (trial) => {
    const shop = await openShop(trial);
    for (let i = 0; i < 3; i++) await place(shop);
    const { epoch } = await positionNow(shop);
    const { hash } = await deltaFrom(shop, { epoch, cursor: 0, hash: null }, 2);
    const strange = '0000000000000000';
    const reasonAt = async (position: Position) => (await startOver(shop.display, position)).reason;
    assert.equal(await reasonAt({ epoch: 'other', cursor: 2, hash }), 'epoch');
    assert.equal(await reasonAt({ epoch: 'other', cursor: 99, hash: strange }), 'epoch');
    assert.equal(await reasonAt({ epoch, cursor: 4, hash }), 'future');
    assert.equal(await reasonAt({ epoch, cursor: 99, hash: strange }), 'future');
    assert.equal(await reasonAt({ epoch, cursor: 2, hash: strange }), 'hash');
    assert.equal(await reasonAt({ epoch, cursor: 1, hash }), 'hash');
    assert.equal((await deltaFrom(shop, { epoch, cursor: 2, hash })).to, 3);
  },

  '[S2] a cursor without its hash gets no delta': async (trial) => {
    const shop = await openShop(trial);
    await place(shop);
    const { epoch } = await positionNow(shop);
    const answer = await shop.display.get(`/sync?epoch=${epoch}&cursor=1`);
    if (answer.status === 200) bodyOf(answer, 200, StartOver);
    else refusalOf(answer, 'invalid_request');
  },

  "[S2] another store's place in its log is no place in this one": async (trial) => {
    const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
    await Promise.all([place(shop), place(other)]);
    const there = await positionNow(other);
    assert.equal((await startOver(shop.display, there)).reason, 'epoch');
    assert.equal((await startOver(shop.display, { ...there, epoch: (await positionNow(shop)).epoch })).reason, 'hash');
  },

  '[5] 200 changes come at once unless asked otherwise, and never more than 500': async (trial) => {
    const shop = await openShop(trial);
    await Promise.all(Array.from({ length: 205 }, () => place(shop)));
    const start = await startOfLog(shop);
    const usual = bodyOf(await shop.display.get(syncPath(start)), 200, Delta);
    assert.deepEqual([usual.changes.length, usual.to, usual.head], [200, 200, 205]);
    assert.equal((await deltaFrom(shop, start, 500)).changes.length, 205);
    for (const limit of [501, 0, -1])
      refusalOf(await shop.display.get(syncPath(start, `&limit=${limit}`)), 'invalid_request');
  },

  '[6] within one batch only the last change of an order carries it': async (trial) => {
    const shop = await openShop(trial);
    const [a, b] = [await place(shop), await place(shop)];
    await setStatus(shop, a.id, 'preparing');
    await setStatus(shop, a.id, 'ready');
    statusIs(await shop.integration.delete(`/orders/${b.id}`), 204);
    const start = await startOfLog(shop);
    const { changes } = await deltaFrom(shop, start);
    const carried = changes.map((change) => ('order' in change ? (change.order?.status ?? null) : 'left out'));
    assert.deepEqual(carried, ['left out', 'left out', 'left out', 'ready', null]);
    const first = await deltaFrom(shop, start, 3);
    assert.deepEqual(
      first.changes.map((change) => change.order?.status),
      [undefined, 'pending', 'preparing'],
    );
  },

  '[6] a deletion is a change whose order is null': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    const before = await positionNow(shop);
    statusIs(await shop.integration.delete(`/orders/${id}`), 204);
    const { changes } = await deltaFrom(shop, before);
    assert.deepEqual(
      changes.map(({ type, orderId, order }) => [type, orderId, order]),
      [['order_deleted', id, null]],
    );
  },

  '[S2] orders of any size come through, batch by batch': async (trial) => {
    const shop = await openShop(trial);
    const placed = await Promise.all(Array.from({ length: 8 }, () => place(shop, bigDraft(100))));
    const { changes } = await changesFrom(shop, await startOfLog(shop), 500);
    assert.deepEqual(changes.map(({ orderId }) => orderId).toSorted(), placed.map(({ id }) => id).toSorted());
  },

  '[5] serverTime is now': async (trial) => {
    const shop = await openShop(trial);
    await place(shop);
    const { serverTime } = await deltaFrom(shop, await positionNow(shop));
    assert.ok(Math.abs(Date.parse(serverTime) - Date.now()) < 60_000, 'serverTime is more than a minute off');
  },
});
