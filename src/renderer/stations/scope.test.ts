import { describe, expect, test } from 'vitest';
import type { Settings, Station } from '#contract/settings.ts';
import { aScope } from '../testing/a-scope.ts';
import { anItem } from '../testing/a-ticket.ts';
import { belongsNowhere, itemsIn, type Scope } from './scope.ts';

const station = (id: string, name: string, names: string[] = []): Station => ({ id, name, stations: [], names });
const OVEN = station('oven', 'The oven', ['bread']);
const GRILL = station('grill', 'The grill', ['meat']);
const own = { stations: [OVEN, GRILL] };
const named = (scope: Scope) =>
  scope.screen === 'station' ? scope.station.name : scope.screen === 'expo' ? (scope.name ?? 'expo') : scope.screen;

test.each([
  ['everything, unless something else is set', {}, '', 'all'],
  ['the station that is set', { screen: 'station', stationId: 'grill' }, '', 'The grill'],
  ['the first station where none is named', { screen: 'station' }, '', 'The oven'],
  ['everything where the station that is set is gone', { screen: 'station', stationId: 'bar' }, '', 'all'],
  ['everything where there are no stations', { screen: 'station', stations: [] }, '', 'all'],
  ['the expo', { screen: 'expo' }, '', 'expo'],
  ['the pass', { screen: 'pass' }, '', 'pass'],
  ['the numbers for customers', { screen: 'station' }, '?screen=pickup', 'pickup'],
  ['the station in the address, by id', { screen: 'expo' }, '?station=grill', 'The grill'],
  ['the station in the address, by name', {}, '?station=the%20OVEN', 'The oven'],
  ['a station in the address that nobody has set up', {}, '?station=bar', 'bar'],
  ['the screen in the address', { screen: 'station' }, '?screen=expo', 'expo'],
  ['the settings, where the address asks for nonsense', { screen: 'expo' }, '?screen=x', 'expo'],
] as const)('a screen shows %s', (_, change, query, shows) => {
  expect(named(aScope({ ...own, ...change } as Partial<Settings>, query))).toBe(shows);
});

describe('with the stations of the store', () => {
  const shared = [station('bar', 'Bar'), station('hot', 'THE OVEN'), { ...station('pass', 'The pass'), expo: true }];
  test.each([
    ['its own choice', { screen: 'station', stationId: 'hot' }, '', 'THE OVEN'],
    ['the first, where it never had another', { screen: 'station' }, '', 'Bar'],
    ['the one named as its own was', { ...own, screen: 'station', stationId: 'oven' }, '', 'THE OVEN'],
    ['the first station that the screen itself has', { ...own, screen: 'station' }, '', 'THE OVEN'],
    [
      'its own, where the store has none of that name',
      { ...own, screen: 'station', stationId: 'grill' },
      '',
      'The grill',
    ],
    ['its own, in the address of a window', own, '?station=grill', 'The grill'],
    ['everything, where its station is gone', { screen: 'station', stationId: 'wok' }, '', 'all'],
    ['everything at a station that is the expo', { screen: 'station', stationId: 'pass' }, '', 'The pass'],
  ] as const)('a screen shows %s', (_, settings, query, shows) => {
    expect(named(aScope(settings as Partial<Settings>, query, shared))).toBe(shows);
  });
});

describe('what belongs to no station', () => {
  const items = [anItem({ name: 'Flat bread' }), anItem({ name: 'Meat' }), anItem({ name: 'Tea', station: 'bar' })];
  const names = (scope: Scope) => itemsIn(scope, { items, source: null }).map(({ name }) => name);
  const marked = (scope: Scope) => items.filter((item) => belongsNowhere(scope, item, null)).map(({ name }) => name);
  const shared = (query: string) => aScope({}, query, own.stations);

  test('is shown and marked at every station of the store, and marked at the expo', () => {
    expect(names(shared('?station=grill'))).toEqual(['Meat', 'Tea']);
    expect(marked(shared('?station=grill'))).toEqual(['Tea']);
    expect(names(shared('?screen=expo'))).toEqual(['Flat bread', 'Meat', 'Tea']);
    expect(marked(shared('?screen=expo'))).toEqual(['Tea']);
    expect(marked(shared('?screen=all'))).toEqual([]);
  });

  test('is not looked for where the screen itself has the stations, which may be some of all', () => {
    for (const stations of [own.stations, []]) {
      expect(names(aScope({ stations }, '?station=bar'))).toEqual(['Tea']);
      expect(marked(aScope({ stations }, '?station=bar'))).toEqual([]);
      expect(marked(aScope({ stations }, '?screen=expo'))).toEqual([]);
    }
    expect(names(aScope(own, '?station=grill'))).toEqual(['Meat']);
    expect(names(aScope(own, '?screen=expo'))).toEqual(['Flat bread', 'Meat', 'Tea']);
  });
});
