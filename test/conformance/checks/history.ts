import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sleep } from '#test/support/sleep.ts';
import { group } from '../support/check.ts';
import type { DisplayLink } from '../support/display-link.ts';
import { aCommand } from '../support/drafts.ts';
import { bodyOf, eventually, pluck, statusIs } from '../support/expect.ts';
import { OPEN, type Order, Snapshot, STATUSES } from '../support/shapes.ts';
import type { Shop } from '../support/shop.ts';
import { Skip } from '../support/subject.ts';

/** `GET /orders/:id/history` and the form of a change (contract, sections 5 and 6). */
export const history = group('history', {
  '[5] the history is oldest first, each change with its order': async (shop) => {
    const placed = await shop.place();
    statusIs(await shop.patch(placed.id, { note: 'x' }), 200);
    const moved = await shop.setStatus(placed.id, 'preparing');
    const changes = await shop.history(placed.id);
    assert.deepEqual(pluck(changes, 'type'), ['order_created', 'order_updated', 'order_status_changed']);
    const versions = changes.map(({ order }) => order?.version);
    assert.deepEqual(versions, [1, 2, 3]);
    assert.deepEqual([changes[0]?.order, changes[2]?.order], [placed, moved]);
    const numbers = pluck(changes, 'seq');
    const ascending = numbers.toSorted((a, b) => a - b);
    assert.deepEqual(numbers, ascending);
  },
  '[6] a change says who made it': async (shop) => {
    const device = await shop.addDevice('integration', 'Web shop');
    const { id } = await shop.place();
    await device.patch(`/orders/${id}`, { note: 'x' });
    await shop.admin.patch(`/orders/${id}`, { note: 'y' });
    const [, byDevice, byAdmin] = await shop.history(id);
    assert.deepEqual(byDevice?.by, { role: 'integration', id: device.deviceId, name: 'Web shop' });
    assert.deepEqual([byDevice?.cause, byAdmin?.by.role], [undefined, 'admin']);
  },
  "[6] a change by a display's command names the command": async (shop) => {
    const order = await shop.place();
    const { deviceId } = shop.display;
    const one = aCommand(order, 'set_status', { from: 'pending', to: 'preparing' });
    await shop.command([one]);
    const change = (await shop.history(order.id)).at(-1);
    assert.deepEqual(change?.cause, { deviceId, commandId: one.commandId });
    assert.deepEqual([change?.by.role, change?.by.id], ['display', deviceId]);
    assert.deepEqual([change?.type, change?.previousStatus], ['order_status_changed', 'pending']);
  },
  '[6] the history is the log: same numbers, same times, same orders': async (shop) => {
    const { id } = await shop.place();
    await shop.place();
    await shop.setStatus(id, 'cancelled', 'no dough');
    const { changes } = await shop.changes(await shop.start(), 1);
    const own = changes.filter(({ orderId }) => orderId === id);
    assert.deepEqual(await shop.history(id), own);
    assert.equal((await shop.order(id)).seq, changes.at(-1)?.seq);
  },
});

const byId = (orders: Iterable<Order>): Order[] => [...orders].toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** `GET /snapshot` (contract, section 5; rule S4). */
export const snapshot = group('snapshot', {
  '[S4] a snapshot has every open order and every one changed lately, as they are': async (shop) => {
    const orders = [];
    for (const status of STATUSES) orders.push(await shop.place({ status }));
    const changed = await shop.setStatus(orders[0]?.id ?? '', 'cancelled', 'no dough');
    statusIs(await shop.remove((await shop.place()).id), 204);
    const seen = await shop.snapshot();
    assert.deepEqual(byId(seen.orders), byId([changed, ...orders.slice(1)]));
    // One change each, one more for each of the two ended orders, one for the first, two for the deleted one.
    assert.equal(seen.seq, STATUSES.length + 2 + 1 + 2);
  },
  '[S4] a display that took a snapshot goes on from its seq': async (shop) => {
    await shop.place();
    const from = await shop.position();
    const next = await shop.place();
    assert.deepEqual(pluck((await shop.delta(from)).changes, 'order'), [next]);
  },
  '[S4] a snapshot taken during writes is of one moment: with the log after it, it is the truth': async (shop) => {
    let writing = true;
    const write = async () => {
      for (let i = 0; i < 12; i++) {
        const { id } = await shop.place();
        await shop.setStatus(id, 'preparing');
        if (i % 3 === 0) statusIs(await shop.remove(id), 204);
      }
    };
    const writers = Promise.all([write(), write(), write()]).finally(() => {
      writing = false;
    });
    const taken = [];
    while (writing) taken.push(await shop.snapshot());
    await writers;
    const truth = byId((await shop.snapshot()).orders);
    for (const { epoch, seq, hash, orders } of taken) {
      assert.ok(Math.max(...pluck(orders, 'seq')) <= seq, `an order from after ${seq}`);
      const rebuilt = new Map(orders.map((order) => [order.id, order]));
      for (const { orderId, order } of (await shop.changes({ epoch, cursor: seq, hash })).changes) {
        if (order) rebuilt.set(orderId, order);
        if (order === null) rebuilt.delete(orderId);
      }
      assert.deepEqual(byId(rebuilt.values()), truth);
    }
    assert.ok(taken.length > 1);
  },
  '[5] a snapshot is compressed for clients that accept it': async (shop) => {
    await shop.placeMany(20);
    const answer = await shop.display.get('/snapshot', { 'accept-encoding': 'gzip' });
    statusIs(answer, 200);
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
  },
  '[5] an admin who names the store gets the same snapshot': async (shop) => {
    await shop.place();
    const { serverTime: _, ...own } = await shop.snapshot();
    const { serverTime: __, ...seen } = bodyOf(await shop.admin.get(`/snapshot?storeId=${shop.id}`), 200, Snapshot);
    assert.deepEqual(seen, own);
  },
});

const MINUTE_MS = 60_000;

/** The head and its digest as rule S6 defines it. */
async function digestOf(shop: Shop): Promise<[seq: number, digest: string]> {
  const { seq, orders } = await shop.snapshot();
  const lines = orders.filter(({ status }) => OPEN.includes(status)).map(({ id, version }) => `${id}:${version}\n`);
  const sorted = lines.map((line) => Buffer.from(line)).toSorted((a, b) => a.compare(b));
  return [seq, createHash('sha256').update(Buffer.concat(sorted)).digest('hex').slice(0, 16)];
}

const withDigest = (link: DisplayLink) => link.beats().filter(({ digest }) => digest !== undefined);

/** Fills the store with open, ended and deleted orders. @returns a live display */
async function busyDisplay(shop: Shop): Promise<DisplayLink> {
  const placed = await shop.placeMany(6);
  await shop.setStatus(placed[0]?.id ?? '', 'preparing');
  await shop.setStatus(placed[1]?.id ?? '', 'cancelled', 'no dough');
  statusIs(await shop.remove(placed[2]?.id ?? ''), 204);
  await shop.place({ status: 'completed' });
  return shop.live();
}

export const digest = group('digest', {
  '[S6] a digest that comes with the first beats is that of the open orders': async (shop) => {
    const link = await busyDisplay(shop);
    await eventually('two beats', () => link.beats().length >= 2, 8_000);
    const [beat] = withDigest(link);
    if (!beat) throw new Skip('the first beats carry none: --slow waits for one');
    assert.deepEqual([beat.head, beat.digest], await digestOf(shop));
  },
});

const eachMinute = {
  '[S6] once a minute a beat carries the digest of the open orders, true at its head': async (shop: Shop) => {
    const link = await busyDisplay(shop);
    const first = await eventually('a beat with a digest', () => withDigest(link)[0], MINUTE_MS + 7_000);
    assert.deepEqual([first.head, first.digest], await digestOf(shop));
    await shop.place();
    const second = await eventually('the next digest', () => withDigest(link)[1], MINUTE_MS + 7_000);
    assert.deepEqual([second.head, second.digest], await digestOf(shop));
    assert.ok(second.at - first.at > MINUTE_MS / 2, 'more often than once a minute');
  },
  '[S6] a digest is true at its head while orders come and go': async (shop: Shop) => {
    const link = await busyDisplay(shop);
    const known = new Map<number, string>();
    const end = performance.now() + MINUTE_MS + 7_000;
    while (withDigest(link).length === 0 && performance.now() < end) {
      known.set(...(await digestOf(shop)));
      await sleep(100);
      await shop.place({ status: 'preparing' });
      known.set(...(await digestOf(shop)));
    }
    const beat = withDigest(link)[0];
    assert.ok(beat, 'no digest within a minute');
    assert.equal(beat.digest, known.get(beat.head));
  },
};
export const slowDigest = group('digest, minute by minute', eachMinute, { slow: true });
