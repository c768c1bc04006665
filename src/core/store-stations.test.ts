import { beforeEach, describe, expect, it } from 'vitest';
import { Store } from '#contract/store.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness, type TestHarness } from './testing/test-harness.ts';

const storeWith = (...names: string[]) =>
  Store.parse({
    id: 'main',
    name: 'Main kitchen',
    currency: 'GEL',
    timeZone: 'Asia/Tbilisi',
    settings: {
      displayWindowDays: 8,
      acknowledgeWithinSeconds: 60,
      stations: names.map((name) => ({ id: name.toLowerCase(), name, match: {} })),
    },
    createdAt: '2026-01-01T00:00:00.000Z',
  });

let harness: TestHarness;
let one: ReturnType<TestHarness['openDisplay']>;
const stations = (display = one) => display.screen.status().stations;
const named = (...names: string[]) => ({
  from: 'store',
  list: names.map((name) => expect.objectContaining({ id: name.toLowerCase(), name })),
});

describe('[section 13] the stations of the store', () => {
  beforeEach(async () => {
    harness = createTestHarness({ sha256 });
    harness.server.setStore(storeWith('Oven', 'Grill'));
    one = harness.openDisplay('t');
    await one.start();
    await harness.pass(1_000);
  });

  it('are on every display that connects', async () => {
    const other = harness.openDisplay('u');
    await other.start();
    await harness.pass(1_000);
    expect([stations(), stations(other)]).toEqual([named('Oven', 'Grill'), named('Oven', 'Grill')]);
  });

  it('reach a connected display within a minute of a change', async () => {
    harness.server.setStore(storeWith('Oven', 'Bar'));
    await harness.pass(61_000);
    expect(stations()).toEqual(named('Oven', 'Bar'));
  });

  it('reach a display that can only poll', async () => {
    one.network.setWebsocket(false);
    harness.server.setStore(storeWith('Bar'));
    await harness.pass(90_000);
    expect(stations()).toEqual(named('Bar'));
  });

  it('are there after a start without a server', async () => {
    one.network.setCable('cut');
    await one.display.close();
    const again = harness.openDisplay('t', one.storage);
    again.network.setCable('cut');
    await again.start();
    expect(stations(again)).toEqual(named('Oven', 'Grill'));
  });

  it('give way to those of the screen when the store has none any more', async () => {
    const own = [{ id: 'wok', name: 'Wok', stations: [], names: ['pad'] }];
    expect(await one.display.call('changeSettings', { stations: own })).toMatchObject({ ok: true });
    await harness.pass(100);
    expect(stations()).toEqual(named('Oven', 'Grill'));
    harness.server.setStore(storeWith());
    await harness.pass(61_000);
    expect(stations()).toEqual({ from: 'screen', list: own });
  });
});
