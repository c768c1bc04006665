import { describe, expect, it } from 'vitest';
import type { Availability, AvailabilityPatch } from '#contract/availability.ts';
import { until } from '#test/support/until.ts';
import type { DataService } from '../create-service.ts';
import { DATABASES } from '../testing/databases.ts';
import { makeShop, refusalOf } from '../testing/shop.ts';
import { MORNING } from '../testing/temp-service.ts';

const MINUTE = 60_000;
const EVERYTHING: Availability = {
  open: true,
  pausedUntil: null,
  busyUntil: null,
  preparationMinutes: null,
  unavailable: [],
};
/** So many ms after the start of the clock. */
const at = (ms: number) => new Date(MORNING + ms).toISOString();

/** What a service tells from now on, as `store: what has changed`. */
function listen({ availability }: DataService) {
  const told: { storeId: string; availability: Availability }[] = [];
  availability.onChange((storeId, state) => told.push({ storeId, availability: state }));
  return told;
}
const soon = (what: string, look: () => boolean) => until(what, look, 10_000, 2);

describe.each(DATABASES)('[section 13] what a store takes, on $database', ({ start }) => {
  async function opened(options?: Parameters<typeof start>[0]) {
    const temp = await start(options);
    await makeShop(temp.service);
    const patch = (change: AvailabilityPatch) => temp.service.availability.patch('main', change);
    const get = () => temp.service.availability.get('main');
    return { temp, patch, get };
  }

  it('is everything in a new store', async () => {
    const { temp, get } = await opened();
    expect(await get()).toEqual(EVERYTHING);
    expect(temp.service.availability.latest('main')).toEqual(EVERYTHING);
  });

  it('changes in the named fields only, and is kept over a restart', async () => {
    const { temp, patch, get } = await opened();
    const soldOut = [
      { name: 'Khachapuri', until: at(90 * MINUTE) },
      { name: 'Lobio', until: null },
    ];
    await patch({ pausedUntil: at(15 * MINUTE), open: false });
    const after = await patch({ busyUntil: at(30 * MINUTE), unavailable: soldOut });
    const expected = {
      open: false,
      pausedUntil: at(15 * MINUTE),
      busyUntil: at(30 * MINUTE),
      preparationMinutes: null,
      unavailable: soldOut,
    };
    expect(after).toEqual(expected);
    expect(await get()).toEqual(expected);
    await temp.restart();
    expect(await get()).toEqual(expected);
    expect(temp.service.availability.latest('main')).toEqual(expected);
    expect(await patch({})).toEqual(expected);
    expect(await patch({ unavailable: [{ name: 'Lobio', until: null }] })).toEqual({
      ...expected,
      unavailable: [{ name: 'Lobio', until: null }],
    });
  });

  it('is no longer paused or busy after null, or after a time that has passed', async () => {
    const { patch, get } = await opened();
    for (const end of [null, at(0), at(-MINUTE)]) {
      await patch({ pausedUntil: at(MINUTE), busyUntil: at(MINUTE) });
      expect(await patch({ pausedUntil: end, busyUntil: end })).toEqual(EVERYTHING);
      expect(await get()).toEqual(EVERYTHING);
    }
    expect((await patch({ unavailable: [{ name: 'Lobio', until: at(-1) }] })).unavailable).toEqual([]);
  });

  it('has one preparation time with the store’s settings', async () => {
    const { temp, patch, get } = await opened();
    const { stores } = temp.service;
    const minutesOf = async () => (await stores.get('main')).settings.preparationMinutes;
    expect((await patch({ preparationMinutes: 40 })).preparationMinutes).toBe(40);
    expect(await minutesOf()).toBe(40);
    await stores.patch('main', { settings: { preparationMinutes: 25 } });
    expect((await get()).preparationMinutes).toBe(25);
    await temp.restart();
    await temp.service.stores.patch('main', { name: 'Old town' });
    expect((await get()).preparationMinutes).toBe(25);
    expect((await patch({ preparationMinutes: null })).preparationMinutes).toBeNull();
    expect((await temp.service.stores.get('main')).settings.preparationMinutes).toBeNull();
  });

  it('ends each time exactly then, whatever the timers do', async () => {
    const { temp, patch, get } = await opened();
    const soldOut = { name: 'Lobio', until: at(3 * MINUTE) };
    await patch({ pausedUntil: at(MINUTE), busyUntil: at(2 * MINUTE), unavailable: [soldOut] });
    const seen = async (ms: number) => {
      temp.clock.now = MORNING + ms;
      expect(temp.service.availability.latest('main')).toEqual(await get());
      const { pausedUntil, busyUntil, unavailable } = await get();
      return [pausedUntil !== null, busyUntil !== null, unavailable.length];
    };
    expect(await seen(MINUTE - 1)).toEqual([true, true, 1]);
    expect(await seen(MINUTE)).toEqual([false, true, 1]);
    expect(await seen(2 * MINUTE - 1)).toEqual([false, true, 1]);
    expect(await seen(2 * MINUTE)).toEqual([false, false, 1]);
    expect(await seen(3 * MINUTE - 1)).toEqual([false, false, 1]);
    expect(await seen(3 * MINUTE)).toEqual([false, false, 0]);
  });

  it('is reported at each change and at each end, once', async () => {
    const { temp, patch } = await opened();
    const told = listen(temp.service);
    await patch({ pausedUntil: at(MINUTE), unavailable: [{ name: 'Lobio', until: at(2 * MINUTE) }] });
    expect(told).toHaveLength(1);
    await patch({});
    await temp.service.stores.patch('main', { settings: { preparationMinutes: 20 } });
    await soon('the preparation time', () => told.length === 2);
    for (const ms of [MINUTE - 1, MINUTE, MINUTE + 1, 2 * MINUTE - 1, 2 * MINUTE, 3 * MINUTE]) {
      temp.clock.now = MORNING + ms;
      await temp.service.lookAtAvailability();
      await temp.service.lookAtAvailability();
    }
    const paused = { ...EVERYTHING, pausedUntil: at(MINUTE), unavailable: [{ name: 'Lobio', until: at(2 * MINUTE) }] };
    expect(told).toEqual([
      { storeId: 'main', availability: paused },
      { storeId: 'main', availability: { ...paused, preparationMinutes: 20 } },
      { storeId: 'main', availability: { ...paused, preparationMinutes: 20, pausedUntil: null } },
      { storeId: 'main', availability: { ...EVERYTHING, preparationMinutes: 20 } },
    ]);
  });

  it('is reported by a timer for the first end of all stores, set again after each change', async () => {
    const { temp, patch } = await opened();
    const told = listen(temp.service);
    const ends = () => told.filter(({ availability }) => availability.busyUntil === null).length;
    await makeShop(temp.service, 'other');
    await temp.service.availability.patch('other', { busyUntil: at(60 * MINUTE) });
    await patch({ busyUntil: at(30 * MINUTE) });
    await patch({ busyUntil: at(40) });
    temp.clock.now += 40;
    await soon('the end', () => ends() === 1);
    await patch({ busyUntil: at(80) });
    temp.clock.now += 40;
    await soon('the next end', () => ends() === 2);
    expect(told.filter(({ storeId }) => storeId === 'other')).toHaveLength(1);
  });

  it('is reported by a timer also after a restart', async () => {
    const { temp, patch } = await opened();
    await patch({ busyUntil: at(40) });
    const told = listen(await temp.restart());
    await temp.service.lookAtAvailability();
    expect(told).toEqual([]);
    temp.clock.now += 40;
    await soon('the end', () => told.length === 1);
    expect(told).toEqual([{ storeId: 'main', availability: EVERYTHING }]);
  });

  it('is reported when it ended while no process ran, and not again after the next restart', async () => {
    const { temp, patch, get } = await opened();
    await patch({ pausedUntil: at(MINUTE) });
    await temp.service.close();
    temp.clock.now += 2 * MINUTE;
    const told = listen(await temp.restart());
    expect(await get()).toEqual(EVERYTHING);
    await temp.service.lookAtAvailability();
    expect(told).toEqual([{ storeId: 'main', availability: EVERYTHING }]);
    const later = listen(await temp.restart());
    await temp.service.lookAtAvailability();
    expect(later).toEqual([]);
  });

  it('stays ended when the clock is set back', async () => {
    const { temp, patch, get } = await opened();
    await patch({ pausedUntil: at(MINUTE) });
    temp.clock.now += MINUTE;
    await temp.service.lookAtAvailability();
    temp.clock.now -= MINUTE;
    expect(await get()).toEqual(EVERYTHING);
  });

  it('is reported by every process that shares the database, also without a hint', async () => {
    const { temp, patch } = await opened({ shared: true });
    const other = await temp.open();
    const told = listen(other);
    await patch({ pausedUntil: at(MINUTE) });
    await other.lookAtAvailability();
    await temp.service.stores.patch('main', { settings: { preparationMinutes: 20 } });
    await other.lookAtAvailability();
    temp.clock.now += MINUTE;
    await temp.service.lookAtAvailability();
    await other.lookAtAvailability();
    await other.lookAtAvailability();
    const states = told.map(({ availability }) => [availability.pausedUntil, availability.preparationMinutes]);
    expect(states).toEqual([
      [at(MINUTE), null],
      [at(MINUTE), 20],
      [null, 20],
    ]);
  });

  it('is not told of a store that is new', async () => {
    const { temp } = await opened();
    const told = listen(temp.service);
    await makeShop(temp.service, 'new');
    await temp.service.lookAtAvailability();
    temp.service.hints.say({ kind: 'availability', storeId: 'nowhere' });
    await temp.service.lookAtAvailability();
    expect(told).toEqual([]);
    expect(temp.logged).toEqual([]);
  });

  it('is refused for a store that does not exist', async () => {
    const { temp } = await opened();
    expect((await refusalOf(temp.service.availability.get('nope'))).code).toBe('not_found');
    expect((await refusalOf(temp.service.availability.patch('nope', { open: false }))).code).toBe('not_found');
  });
});
