import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Availability } from '#contract/availability.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import { watchAvailability } from './watch-availability.ts';

/** A watch over one store in memory, whose clock stands still. */
async function opened() {
  const store = {
    now: 0,
    writes: 0,
    reads: 0,
    fails: false,
    state: {
      open: true,
      pausedUntil: null,
      busyUntil: null,
      preparationMinutes: null,
      unavailable: [],
    } as Availability,
  };
  const reported: Availability[] = [];
  const failures: unknown[] = [];
  const watch = await watchAvailability({
    stamps: async () => new Map([['main', String(store.writes)]]),
    async read() {
      store.reads += 1;
      if (store.fails) throw new Error('the database is away');
      return { stamp: String(store.writes), availability: store.state };
    },
    removeEnded: async () => {},
    onChange: (_storeId, availability) => reported.push(availability),
    onFailure: (error) => failures.push(error),
    now: () => store.now,
  });
  onTestFinished(watch.close);
  const write = (change: Partial<Availability>) => {
    store.state = { ...store.state, ...change };
    store.writes += 1;
    return watch.heardOf('main');
  };
  return { store, watch, write, reported, failures };
}

it('repeats a read that failed at the next look, and not before', async () => {
  const { store, watch, write, reported, failures } = await opened();
  await write({ busyUntil: new Date(10).toISOString() });
  store.fails = true;
  store.now = 10;
  await watch.look();
  const { reads } = store;
  await sleep(100);
  expect(store.reads).toBe(reads);
  store.fails = false;
  await watch.look();
  expect(reported.map(({ busyUntil }) => busyUntil)).toEqual([new Date(10).toISOString(), null]);
  expect(failures.length).toBeLessThanOrEqual(2);
});

it('reports the last of many changes, and not each of them', async () => {
  const { write, reported } = await opened();
  const writes: Promise<void>[] = [];
  for (let minutes = 1; minutes <= 200; minutes++) {
    writes.push(write({ preparationMinutes: minutes }));
    await nextTurn();
  }
  await Promise.all(writes);
  await until('the last', () => reported.at(-1)?.preparationMinutes === 200, 5_000, 5);
  expect(reported.length).toBeLessThan(50);
});

it('does nothing after its end', async () => {
  const { store, watch, write, reported } = await opened();
  const writing = write({ busyUntil: new Date(20).toISOString() });
  watch.close();
  watch.close();
  await writing;
  store.now = 20;
  await sleep(60);
  expect(reported).toHaveLength(1);
});
