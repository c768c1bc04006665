import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import type { Position } from '../support/display-link.ts';
import { bigDraft } from '../support/drafts.ts';
import { bodyOf, isNow, pluck, refusalOf, statusIs } from '../support/expect.ts';
import { Delta, StartOver } from '../support/shapes.ts';
import { openShop, type Shop, syncPath } from '../support/shop.ts';

const startOver = async ({ display }: Shop, from: Position) =>
  bodyOf(await display.get(syncPath(from)), 200, StartOver);
const STRANGE = '0000000000000000';

/** `GET /sync` and the log behind it (contract, section 5; rules S1 and S2). */
export const syncHttp = group('sync over HTTP', {
  '[S2] a display that knows nothing is told to start over, because of the epoch': async (shop) => {
    const { seq } = await shop.place();
    const { reason, head, known } = await startOver(shop, { epoch: 'none', cursor: 0, hash: null });
    assert.deepEqual([reason, head, known], ['epoch', seq, true]);
  },
  '[S1] the log is numbered 1, 2, 3 … without gaps, also with many writes at once and refusals': async (shop) => {
    const { id } = await shop.place();
    const writes = [
      () => shop.place(),
      () => shop.create({ totalMinor: 'bad' }),
      (i: number) => shop.patch(id, { note: `note ${i}` }),
      () => shop.move(id, { status: 'completed' }),
    ];
    await Promise.all(Array.from({ length: 40 }, (_, i) => writes[i % 4]?.(i)));
    const { changes, position } = await shop.changes(await shop.start());
    const numbers = Array.from({ length: 21 }, (_, i) => i + 1);
    assert.deepEqual([pluck(changes, 'seq'), position.cursor], [numbers, 21]);
  },
  '[S2] a delta holds what came after the cursor, with the hash for the next question': async (shop) => {
    const orders = [];
    for (let i = 0; i < 5; i++) orders.push(await shop.place());
    let at: Position = await shop.start();
    for (const [i, order] of orders.entries()) {
      const delta = await shop.delta(at, 1);
      assert.deepEqual([delta.epoch, delta.from, delta.to, delta.head], [at.epoch, i, i + 1, 5]);
      assert.deepEqual(pluck(delta.changes, 'order'), [order]);
      assert.equal(delta.changes[0]?.at, order.updatedAt);
      at = { epoch: delta.epoch, cursor: delta.to, hash: delta.hash };
    }
    const last = await shop.delta(at);
    assert.deepEqual([last.from, last.to, last.head, last.changes, last.hash], [5, 5, 5, [], at.hash]);
  },
  '[S1] the hash at a number is the same whatever the batches before it': async (shop) => {
    for (let i = 0; i < 6; i++) await shop.place();
    const start = await shop.start();
    const { hash } = await shop.position();
    for (const limit of [1, 2, 4, 200]) assert.equal((await shop.changes(start, limit)).position.hash, hash);
  },
  '[S3] the hash at 0 is null': async (shop) => {
    const empty = await shop.position();
    assert.deepEqual([empty.cursor, empty.hash], [0, null]);
    const { from, to, head, hash, changes } = await shop.delta(empty);
    assert.deepEqual([from, to, head, hash, changes], [0, 0, 0, null, []]);
  },
  '[S2] the reason is the first that holds of epoch, future and hash': async (shop) => {
    for (let i = 0; i < 3; i++) await shop.place();
    const { epoch } = await shop.position();
    const { hash } = await shop.delta({ epoch, cursor: 0, hash: null }, 2);
    const rows: [Position, string][] = [
      [{ epoch: 'other', cursor: 2, hash }, 'epoch'],
      [{ epoch: 'other', cursor: 99, hash: STRANGE }, 'epoch'],
      [{ epoch, cursor: 4, hash }, 'future'],
      [{ epoch, cursor: 99, hash: STRANGE }, 'future'],
      [{ epoch, cursor: 2, hash: STRANGE }, 'hash'],
      [{ epoch, cursor: 1, hash }, 'hash'],
    ];
    for (const [from, reason] of rows) assert.equal((await startOver(shop, from)).reason, reason);
    assert.equal((await shop.delta({ epoch, cursor: 2, hash })).to, 3);
  },
  '[S2] a cursor without its hash gets no delta': async (shop) => {
    await shop.place();
    const { epoch } = await shop.position();
    const answer = await shop.display.get(`/sync?epoch=${epoch}&cursor=1`);
    if (answer.status === 200) bodyOf(answer, 200, StartOver);
    else refusalOf(answer, 'invalid_request');
  },
  "[S2] another store's position is none in this one": async (shop) => {
    const other = await openShop(shop);
    await Promise.all([shop.place(), other.place()]);
    const there = await other.position();
    assert.equal((await startOver(shop, there)).reason, 'epoch');
    assert.equal((await startOver(shop, { ...there, epoch: (await shop.position()).epoch })).reason, 'hash');
  },
  '[5] 200 changes come at once unless asked otherwise, and never more than 500': async (shop) => {
    await shop.placeMany(205);
    const start = await shop.start();
    const { changes, to, head } = bodyOf(await shop.display.get(syncPath(start)), 200, Delta);
    assert.deepEqual([changes.length, to, head], [200, 200, 205]);
    assert.equal((await shop.delta(start, 500)).changes.length, 205);
    for (const limit of [501, 0, -1])
      refusalOf(await shop.display.get(syncPath(start, `&limit=${limit}`)), 'invalid_request');
  },
  '[6] within one batch only the last change of an order carries it': async (shop) => {
    const [a, b] = [await shop.place(), await shop.place()];
    for (const status of ['preparing', 'ready']) await shop.setStatus(a.id, status);
    statusIs(await shop.remove(b.id), 204);
    const start = await shop.start();
    const carried = (await shop.delta(start)).changes.map((change) =>
      'order' in change ? (change.order?.status ?? null) : 'left out',
    );
    assert.deepEqual(carried, ['left out', 'left out', 'left out', 'ready', null]);
    const first = (await shop.delta(start, 3)).changes.map(({ order }) => order?.status);
    assert.deepEqual(first, [undefined, 'pending', 'preparing']);
  },
  '[6] a deletion is a change whose order is null': async (shop) => {
    const { id } = await shop.place();
    const before = await shop.position();
    statusIs(await shop.remove(id), 204);
    const { changes } = await shop.delta(before);
    const rows = changes.map(({ type, orderId, order }) => [type, orderId, order]);
    assert.deepEqual(rows, [['order_deleted', id, null]]);
  },
  '[S2] orders of any size come through, batch by batch': async (shop) => {
    const placed = await shop.placeMany(8, bigDraft(100));
    const { changes } = await shop.changes(await shop.start(), 500);
    assert.deepEqual(pluck(changes, 'orderId').toSorted(), pluck(placed, 'id').toSorted());
  },
  '[5] serverTime is now': async (shop) => {
    await shop.place();
    isNow((await shop.delta(await shop.position())).serverTime);
  },
});
