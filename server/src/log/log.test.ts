import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BATCH_BYTES, Changes, type Position } from '#contract/sync.ts';
import type { Service } from '../service.ts';
import { DATABASES } from '../testing/databases.ts';
import { readSnapshot } from '../testing/read-snapshot.ts';
import { createReplica } from '../testing/replica.ts';
import { makeShop } from '../testing/shop.ts';

describe.each(DATABASES)('the log on $database', ({ start }) => {
  const begin = async (service: Service): Promise<Position> => ({
    epoch: (await service.log.head('main')).epoch,
    cursor: 0,
    hash: null,
  });
  async function delta(service: Service, position: Position, limit = 200) {
    const read = await service.log.read('main', position, limit);
    if (read.mode !== 'delta') throw new Error(`answered to start over: ${read.reason}`);
    return read;
  }

  it('[S1] numbers changes 1, 2, 3 … and serves them in batches, the same from memory and from disk', async () => {
    const temp = await start();
    const { place } = await makeShop(temp.service);
    for (let i = 0; i < 7; i++) await place();
    const fresh = await delta(temp.service, await begin(temp.service), 5);
    expect(Changes.parse(fresh)).toMatchObject({ from: 0, to: 5, head: 7 });
    expect(fresh.changes.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    const service = await temp.restart();
    expect(await delta(service, await begin(service), 5)).toEqual(fresh);
    const rest = await delta(service, { epoch: fresh.epoch, cursor: fresh.to, hash: fresh.hash });
    expect(rest).toMatchObject({ from: 5, to: 7, head: 7 });
    const nothing = await delta(service, { epoch: rest.epoch, cursor: rest.to, hash: rest.hash });
    expect(nothing).toMatchObject({ from: 7, to: 7, hash: rest.hash, changes: [] });
  });

  it('[section 6] within a batch only the last change of an order carries it; null when deleted', async () => {
    const { service } = await start();
    const { integration, place } = await makeShop(service);
    const [one, two] = [await place(), await place()];
    await service.orders.setStatus(integration, one.id, 'preparing', {});
    const ready = await service.orders.setStatus(integration, one.id, 'ready', {});
    await service.orders.remove(integration, two.id, {});
    const { changes } = await delta(service, await begin(service));
    expect(changes.map((change) => change.order)).toEqual([undefined, undefined, undefined, ready, null]);
    expect(changes.map((change) => 'order' in change)).toEqual([false, false, false, true, true]);
    const first = await delta(service, await begin(service), 3);
    expect(first.changes[2]?.order).toMatchObject({ id: one.id, status: 'preparing' });
  });

  it('[section 6] limits a batch to 192 KiB, and one order always fits', async () => {
    const { service } = await start();
    const { integration, place } = await makeShop(service);
    const note = '王'.repeat(2_000);
    const items = Array.from({ length: 15 }, () => ({ name: 'x', quantity: 1, note }));
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push((await place({ items })).id);
    for (const id of ids) await service.orders.setStatus(integration, id, 'preparing', {});
    let position = await begin(service);
    const sizes: number[] = [];
    do {
      const batch = await delta(service, position);
      expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(BATCH_BYTES);
      sizes.push(batch.changes.length);
      position = { epoch: batch.epoch, cursor: batch.to, hash: batch.hash };
    } while (position.cursor < 8);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(8);
    expect(sizes.length).toBeGreaterThan(2);
  });

  it('[S2] answers to start over with the first reason that applies', async () => {
    const temp = await start({ retention: { logDays: 0, logChanges: 3 } });
    const { place } = await makeShop(temp.service);
    for (let i = 0; i < 8; i++) await place();
    const { epoch } = await begin(temp.service);
    const right = await delta(temp.service, await begin(temp.service), 6);
    const ask = async (service: Service, position: Position) => {
      const read = await service.log.read('main', position, 200);
      return read.mode === 'snapshot' ? { ...read, epoch: read.epoch === epoch } : read.mode;
    };
    const answered = (reason: string) => ({ mode: 'snapshot', reason, epoch: true, head: 8 });
    for (const serve of [async () => temp.service, temp.restart]) {
      const service = await serve();
      expect(await ask(service, { epoch: null, cursor: 0, hash: null })).toEqual(answered('epoch'));
      expect(await ask(service, { epoch: 'other', cursor: 99, hash: 'x' })).toEqual(answered('epoch'));
      expect(await ask(service, { epoch, cursor: 9, hash: right.hash })).toEqual(answered('future'));
      for (const hash of [null, '0000000000000000'])
        expect(await ask(service, { epoch, cursor: 6, hash })).toEqual(answered('hash'));
      expect(await ask(service, { epoch, cursor: 0, hash: 'x' })).toEqual(answered('hash'));
      expect(await ask(service, { epoch, cursor: 6, hash: right.hash })).toBe('delta');
      expect(await ask(service, { epoch, cursor: 0, hash: null })).toBe('delta');
    }
  });

  it('[section 10] reads each change with its order as it was, from memory and from disk, after a located place', async () => {
    const temp = await start();
    const { integration, place } = await makeShop(temp.service);
    const { id } = await place();
    for (const to of ['preparing', 'ready'] as const) await temp.service.orders.setStatus(integration, id, to, {});
    await temp.service.orders.remove(integration, id, {});
    const { epoch } = await temp.service.log.head('main');
    for (const serve of [async () => temp.service, temp.restart]) {
      const { log } = await serve();
      for (const seq of [0, 1, 2, 3, 4]) {
        const place = await log.locate('main', { epoch, seq });
        if (place.mode !== 'delta') throw new Error(place.reason);
        expect(place.head).toBe(4);
        const read = await log.readWhole('main', place.position, 200);
        if (read.mode !== 'delta') throw new Error(read.reason);
        expect(read.changes.map(({ order }) => order?.version ?? null)).toEqual([1, 2, 3, null].slice(seq));
      }
      const end = await log.locate('main', null);
      expect(end).toEqual(await log.locate('main', { epoch, seq: 4 }));
      expect(await log.locate('main', { epoch, seq: 5 })).toMatchObject({ mode: 'snapshot', reason: 'future' });
      expect(await log.locate('main', { epoch: '', seq: 5 })).toMatchObject({ mode: 'snapshot', reason: 'epoch' });
      await expect(log.locate('nowhere', null)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('[S4] a snapshot holds the open orders and those changed in the window, at one seq', async () => {
    const { service, clock } = await start();
    const { integration, place } = await makeShop(service);
    await service.stores.patch('main', { settings: { displayWindowDays: 2 } });
    const open = await place();
    await place({ status: 'completed' });
    const touched = await place({ status: 'completed' });
    clock.now += 2 * 86_400_000 + 1;
    const paid = await service.orders.setPayment(integration, touched.id, { status: 'paid' }, {});
    const snapshot = await readSnapshot(service, 'main');
    expect(snapshot).toMatchObject({ seq: 4, epoch: (await service.log.head('main')).epoch });
    expect(new Map(snapshot.orders.map((o) => [o.id, o]))).toEqual(new Map([open, paid].map((o) => [o.id, o])));
    const after = { epoch: snapshot.epoch, cursor: snapshot.seq, hash: snapshot.hash };
    expect(await delta(service, after)).toMatchObject({ from: 4, changes: [] });
  });

  it('[S4] the snapshot of an empty store is empty, at 0, with no hash', async () => {
    const { service } = await start();
    await makeShop(service);
    expect(await readSnapshot(service, 'main')).toMatchObject({ seq: 0, hash: null, orders: [] });
    expect((await delta(service, await begin(service))).changes).toEqual([]);
  });

  it('[S6] computes the digest over id:version of the open orders, sorted', async () => {
    const { service } = await start();
    const { integration, place } = await makeShop(service);
    const orders = [await place(), await place(), await place({ status: 'completed' })];
    const moved = await service.orders.setStatus(integration, orders[0]?.id ?? '', 'preparing', {});
    const lines = [`${moved.id}:2\n`, `${orders[1]?.id}:1\n`].sort();
    expect(await service.log.digest('main')).toMatchObject({
      head: 4,
      digest: hash('sha256', lines.join('')).slice(0, 16),
    });
  });

  it('hints at a head once its changes are readable, until the undo', async () => {
    const { service } = await start();
    const { integration, place } = await makeShop(service);
    const heads: unknown[] = [];
    const undo = service.hints.onHint((hint) => hint.kind === 'head' && heads.push([hint.storeId, hint.head]));
    const { id } = await place();
    await service.orders.setStatus(integration, id, 'pending', {});
    await service.orders.setStatus(integration, id, 'preparing', {});
    expect(heads).toEqual([
      ['main', 1],
      ['main', 2],
    ]);
    undo();
    await place();
    expect(heads).toHaveLength(2);
  });

  it('keeps an order if a listener throws on its hint', async () => {
    const temp = await start();
    const { place } = await makeShop(temp.service);
    temp.service.hints.onHint(() => {
      throw new Error('broken');
    });
    expect((await place()).seq).toBe(1);
    expect(temp.logged).toHaveLength(1);
  });

  it('[S3] brings a replica that follows in small steps to the server’s state', async () => {
    const temp = await start();
    const { integration, place } = await makeShop(temp.service);
    const replica = createReplica(() => temp.service, 'main');
    for (let i = 0; i < 10; i++) {
      const { id } = await place();
      if (i % 2) await temp.service.orders.setStatus(integration, id, 'preparing', {});
      if (i % 5 === 4) await temp.service.orders.remove(integration, id, {});
      if (i % 4 === 3) await replica.follow(2);
    }
    await replica.follow(3);
    expect(replica.snapshots).toBe(1);
    const { orders } = await temp.service.orders.list({ storeId: 'main', limit: 50 });
    expect(replica.orders).toEqual(new Map(orders.map((order) => [order.id, order])));
  });
});
