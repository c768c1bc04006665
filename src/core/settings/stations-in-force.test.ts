import { expect, it } from 'vitest';
import { Store } from '#contract/store.ts';
import { stationsInForce } from './stations-in-force.ts';

const OWN = { stations: [{ id: 'wok', name: 'Wok', stations: [], names: ['pad'] }] };
const storeWith = (stations?: unknown) =>
  Store.parse({
    id: 'main',
    name: 'Main',
    currency: 'GEL',
    timeZone: 'Asia/Tbilisi',
    settings: { displayWindowDays: 8, acknowledgeWithinSeconds: 60, stations },
    createdAt: '2026-11-21T10:00:00.000Z',
  });

it('[section 13] takes the stations of the store, with all their rules', () => {
  const stations = [
    { id: 'oven', name: 'Oven', match: { names: ['pizza'], sources: ['web'] } },
    { id: 'pass', name: 'Pass', match: {}, expo: true },
  ];
  expect(stationsInForce(storeWith(stations), OWN)).toEqual({
    from: 'store',
    list: [
      { id: 'oven', name: 'Oven', stations: [], names: ['pizza'], sources: ['web'], expo: false },
      { id: 'pass', name: 'Pass', stations: [], names: [], sources: [], expo: true },
    ],
  });
});

it.each([
  ['has none', storeWith([])],
  ['was written by an older version', storeWith()],
  ['is not known yet', null],
])('keeps those of the screen where the store %s', (_, store) => {
  expect(stationsInForce(store, OWN)).toEqual({ from: 'screen', list: OWN.stations });
});
