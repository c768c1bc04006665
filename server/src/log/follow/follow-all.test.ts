import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '#test/support/until.ts';
import { makeShop } from '../../testing/shop.ts';
import { sqliteService } from '../../testing/temp-service.ts';
import type { AllLogsReader } from './log-reader.ts';

/** Follows all logs under one name and records what it gets: `main 1`, or `main too_old`. */
function reader(over: Partial<AllLogsReader> = {}) {
  const got: string[] = [];
  const it: AllLogsReader = {
    name: 'broker',
    async handle(batches) {
      for (const { storeId, changes } of batches) got.push(...changes.map(({ seq }) => `${storeId} ${seq}`));
    },
    async onReset(storeId, { reason }) {
      got.push(`${storeId} ${reason}`);
    },
    onBehind() {},
    ...over,
  };
  const has = (count: number) => until(`${count} things`, () => got.length >= count, 5_000, 10);
  return { it, got, has };
}

describe('a reader of all logs', () => {
  let temp: Awaited<ReturnType<typeof sqliteService>>;
  beforeEach(async () => {
    temp = await sqliteService();
  });
  afterEach(() => temp.dispose());

  const change = (sql: string) => {
    const raw = new Sqlite(temp.file);
    raw.exec(sql);
    raw.close();
  };

  it('gets every change of every store in order, also of later ones, and goes on after a restart', async () => {
    const { place } = await makeShop(temp.service);
    await place();
    const { it: first, got, has } = reader();
    let stop = temp.service.log.followAll(first);
    const other = await makeShop(temp.service, 'other');
    await Promise.all([place(), other.place(), other.place()]);
    await has(4);
    await stop();
    await place();
    await temp.restart();
    stop = temp.service.log.followAll(first);
    await has(5);
    expect(got.filter((one) => one.startsWith('main'))).toEqual(['main 1', 'main 2', 'main 3']);
    expect(got.filter((one) => one.startsWith('other'))).toEqual(['other 1', 'other 2']);
    await stop();
  });

  it('gets what it rejected again, and nothing before it', async () => {
    const { place } = await makeShop(temp.service);
    let tries = 0;
    const { it: failing, got, has } = reader();
    const stop = temp.service.log.followAll({
      ...failing,
      async handle(batches) {
        if (++tries < 3) throw new Error('the broker is away');
        await failing.handle(batches);
      },
    });
    await place();
    await place();
    await has(2);
    expect(got).toEqual(['main 1', 'main 2']);
    await stop();
  });

  it('makes orders wait for few commits that store how far it is, and not for one with each change', async () => {
    const { place } = await makeShop(temp.service);
    const { it: all, has } = reader();
    const stop = temp.service.log.followAll(all);
    await place();
    await has(1);
    let commits = 0;
    temp.service.writes.onCommit(() => void commits++);
    for (let count = 2; count <= 6; count++) {
      await place();
      await has(count);
    }
    await stop();
    // Five orders; a second may pass on a slow machine, and the stop stores it too.
    expect(commits).toBeLessThan(5 + 5);
    const raw = new Sqlite(temp.file);
    expect(raw.prepare(`select cursor from followers where name = 'broker'`).pluck().get()).toBe(6);
    raw.close();
  });

  it('[S2] of a log with another epoch goes on at the same place: nothing is missed', async () => {
    const { place } = await makeShop(temp.service);
    const { it: before, got, has } = reader();
    let stop = temp.service.log.followAll(before);
    await place();
    await has(1);
    await stop();
    await place();
    await temp.service.close();
    change(`update store_logs set epoch = 'another'`);
    await temp.restart();
    stop = temp.service.log.followAll(before);
    await has(3);
    expect(got).toEqual(['main 1', 'main epoch', 'main 2']);
    await stop();
  });

  it('[R1] passes over a damaged change, once', async () => {
    const { place } = await makeShop(temp.service);
    for (let i = 0; i < 3; i++) await place();
    await temp.service.close();
    change('update changes set checksum = checksum + 1 where seq = 2');
    await temp.restart();
    const { it: all, got, has } = reader();
    const stop = temp.service.log.followAll(all);
    await has(3);
    expect(got).toEqual(['main 1', 'main too_old', 'main 3']);
    await stop();
  });
});
