import { copyFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReplica, type Replica } from '../testing/replica.ts';
import { ADMIN, draft, makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

describe('a server restored from a backup without notice', () => {
  let temp: Awaited<ReturnType<typeof sqliteService>>;
  let ahead: Replica;
  beforeEach(async () => {
    temp = await sqliteService();
    const shop = await makeShop(temp.service);
    ahead = createReplica(() => temp.service, 'main');
    for (let i = 0; i < 3; i++) await shop.place();
    await ahead.follow();
    await temp.service.close();
    copyFileSync(temp.file, `${temp.file}.backup`);
    await temp.restart();
    for (let i = 0; i < 2; i++) await placeOne();
    await ahead.follow();
    await temp.service.close();
    copyFileSync(`${temp.file}.backup`, temp.file);
    await temp.restart();
  });
  afterEach(() => temp.dispose());

  const placeOne = () => temp.service.orders.create(ADMIN, 'main', draft());
  const answer = async () => {
    const read = await temp.service.log.read('main', ahead.position, 200);
    return read.mode === 'delta' ? 'delta' : read.reason;
  };

  it('[S2] answers future to a display that is ahead of it', async () => {
    expect(await answer()).toBe('future');
  });

  it('[S2] answers hash once it has reused the numbers', async () => {
    for (let i = 0; i < 2; i++) await placeOne();
    expect(await answer()).toBe('hash');
    for (let i = 0; i < 2; i++) await placeOne();
    expect(await answer()).toBe('hash');
    await temp.restart();
    expect(await answer()).toBe('hash');
  });

  it('[S4] a display that starts over ends with the server’s orders', async () => {
    await placeOne();
    await ahead.follow();
    const { orders } = await temp.service.orders.list({ storeId: 'main', limit: 50 });
    expect(ahead.orders).toEqual(new Map(orders.map((order) => [order.id, order])));
    expect(ahead.snapshots).toBe(2);
  });

  it('[S1] makes a durable follower start over when its restore began a new epoch', async () => {
    const resets: string[] = [];
    let reset = () => {};
    const wasReset = new Promise<void>((resolve) => {
      reset = resolve;
    });
    const reader = {
      name: 'feed',
      storeId: 'main',
      handle: async () => {},
      async onReset({ reason }: { reason: string }) {
        resets.push(reason);
        reset();
      },
    };
    await (await temp.service.log.follow(reader))();
    await temp.service.close();
    const file = new Sqlite(temp.file);
    file.prepare('update store_logs set epoch = ?').run('after-the-restore');
    file.close();
    await temp.restart();
    const stop = await temp.service.log.follow(reader);
    await wasReset;
    await stop();
    expect(resets).toEqual(['epoch']);
  });
});
