import { describe, expect, it } from 'vitest';
import type { Changes } from '#contract/sync.ts';
import type { Service } from '../../service.ts';
import { DATABASES } from '../../testing/databases.ts';
import { makeShop } from '../../testing/shop.ts';
import type { LogReader, StopReading } from './log-reader.ts';

type Reset = Parameters<LogReader['onReset']>[0];

/** Reads a store's log durably under one name and records what it gets. */
function reader(storeId = 'main', over: Partial<LogReader> = {}) {
  const seqs: number[] = [];
  const resets: Reset[] = [];
  const wanted: { count: number; done(): void }[] = [];
  const note = () => {
    for (const { count, done } of wanted) if (seqs.length + resets.length >= count) done();
  };
  return {
    seqs,
    resets,
    follow: (service: Service): Promise<StopReading> =>
      service.log.follow({
        name: 'webhook 1',
        storeId,
        async handle({ changes }: Changes) {
          seqs.push(...changes.map(({ seq }) => seq));
          note();
        },
        async onReset(reset) {
          resets.push(reset);
          note();
        },
        ...over,
      }),
    /** Resolves after so many changes and resets. */
    until: (count: number) =>
      new Promise<void>((done) => {
        wanted.push({ count, done });
        note();
      }),
  };
}

/** Gives the follower its cursor, at the head. */
const begin = async (service: Service, storeId = 'main') => (await reader(storeId).follow(service))();

describe.each(DATABASES)('a durable follower on $database', ({ start }) => {
  it('starts at the head, gets every later change in order, and continues after a restart', async () => {
    const temp = await start();
    const { place } = await makeShop(temp.service);
    await place();
    await begin(temp.service);
    const one = reader();
    const stop = await one.follow(temp.service);
    for (let i = 0; i < 3; i++) await place();
    await one.until(3);
    await stop();
    await place();
    const two = reader();
    const stopAgain = await two.follow(await temp.restart());
    await two.until(1);
    await stopAgain();
    expect([one.seqs, two.seqs, one.resets, two.resets]).toEqual([[2, 3, 4], [5], [], []]);
  });

  it('gets a handled batch again if the cursor was not moved', async () => {
    const temp = await start();
    const { place } = await makeShop(temp.service);
    await begin(temp.service);
    let handled = () => {};
    const reached = new Promise<void>((resolve) => {
      handled = resolve;
    });
    // The process is killed here: the batch is handled, but the cursor has not moved.
    const killed = reader('main', {
      handle() {
        handled();
        return new Promise(() => {});
      },
    });
    await killed.follow(temp.service);
    await place();
    await reached;
    const next = reader();
    const stop = await next.follow(await temp.restart());
    await next.until(1);
    await stop();
    expect(next.seqs).toEqual([1]);
  });

  it('gets a batch again if handling failed, and nothing after it until then', async () => {
    const temp = await start();
    const { place } = await makeShop(temp.service);
    await begin(temp.service);
    let fails = 1;
    const tries: number[] = [];
    let failed = () => {};
    const failure = new Promise<void>((resolve) => {
      failed = resolve;
    });
    const handle = async ({ to }: Changes) => {
      tries.push(to);
      if (fails-- <= 0) return;
      failed();
      throw new Error('the receiver is away');
    };
    const stop = await reader('main', { handle }).follow(temp.service);
    await place();
    await failure;
    await stop();
    const next = reader();
    const stopNext = await next.follow(temp.service);
    await next.until(1);
    await stopNext();
    expect([tries, next.seqs]).toEqual([[1], [1]]);
    expect(temp.logged).toContain('a follower of the log failed; it tries the same batch again');
  });

  it('has a separate cursor for each store', async () => {
    const temp = await start();
    const main = await makeShop(temp.service);
    const other = await makeShop(temp.service, 'other');
    await begin(temp.service);
    await begin(temp.service, 'other');
    const readers = [reader('main'), reader('other')] as const;
    const stops = await Promise.all(readers.map(({ follow }) => follow(temp.service)));
    await main.place();
    await other.place();
    await main.place();
    await Promise.all([readers[0].until(2), readers[1].until(1)]);
    for (const stop of stops) await stop();
    expect(readers.map(({ seqs }) => seqs)).toEqual([[1, 2], [1]]);
  });

  it('[S2] is reset if the log was truncated past its cursor, and continues at the head', async () => {
    const temp = await start({ retention: { logDays: 0, logChanges: 2, block: 1 } });
    const { place } = await makeShop(temp.service);
    await begin(temp.service);
    for (let i = 0; i < 8; i++) await place();
    temp.clock.now += 60_000;
    await temp.service.clean();
    const { follow, until, seqs, resets } = reader();
    const stop = await follow(temp.service);
    await until(1);
    await stop();
    await place();
    const next = reader();
    const stopNext = await next.follow(temp.service);
    await next.until(1);
    await stopNext();
    const { epoch } = await temp.service.log.head('main');
    expect([resets, seqs, next.seqs]).toEqual([[{ reason: 'too_old', epoch, head: 8 }], [], [9]]);
  });
});
