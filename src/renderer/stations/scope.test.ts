import { expect, test } from 'vitest';
import type { Station } from '#contract/settings.ts';
import { anItem } from '../testing/a-ticket.ts';
import { askedBy, itemsIn, type Scope, scopeOf } from './scope.ts';

const station = (id: string, names: string[] = []): Station => ({ id, name: `The ${id}`, stations: [], names });
const OVEN = station('oven', ['bread']);
const GRILL = station('grill', ['meat']);
const set = { screen: 'all', stationId: null, stations: [OVEN, GRILL], expoHold: false } as const;
const named = (scope: Scope) => (scope.screen === 'station' ? scope.station.name : scope.screen);

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
  expect(named(scopeOf({ ...set, ...change }, askedBy(query)))).toBe(shows);
});

test('a station shows only its own items; every other screen shows all', () => {
  const items = [anItem({ name: 'Flat bread' }), anItem({ name: 'Meat' }), anItem({ name: 'Tea', station: 'bar' })];
  const names = (query: string) => itemsIn(scopeOf(set, askedBy(query)), { items }).map(({ name }) => name);
  expect(names('?station=grill')).toEqual(['Meat']);
  expect(names('?station=bar')).toEqual(['Tea']);
  expect(names('?screen=expo')).toEqual(['Flat bread', 'Meat', 'Tea']);
});
