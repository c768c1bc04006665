import { expect, test } from 'vitest';
import type { Station } from './settings.ts';
import { stationOf } from './station-of.ts';

const OVEN: Station = { id: 'oven', name: 'Oven', stations: ['Pizza oven'], names: ['khachapuri', 'Лобиани'] };
const GRILL: Station = { id: 'grill', name: 'Grill', stations: [], names: ['mtsvadi', 'khachapuri on a spit'] };
const WEB: Station = { id: 'web', name: 'Web', stations: [], names: [], sources: ['Our shop'], expo: false };
const where = stationOf([OVEN, GRILL, WEB]);

test.each([
  ['its field names a station by id', { station: 'grill', name: 'Corn' }, GRILL],
  ['its field is another word for the station, whatever the case', { station: ' PIZZA Oven', name: 'Corn' }, OVEN],
  ['its field counts before its name', { station: 'grill', name: 'Khachapuri' }, GRILL],
  ['a part of its name, whatever the case', { station: null, name: 'MTSVADI, large' }, GRILL],
  ['a part of its name in another script', { station: null, name: 'лобиани с ветчиной' }, OVEN],
  ['a field that nobody knows leaves it to the name', { station: 'tandoor', name: 'Mtsvadi' }, GRILL],
  ['the first station of two that would have it', { station: null, name: 'Khachapuri on a spit' }, OVEN],
  ['no station at all', { station: null, name: 'Lemonade' }, null],
])('finds the station of an item: %s', (_, item, station) => {
  expect(where(item, 'web')).toBe(station);
});

test('finds a station by the source of the order, whatever the case, when nothing else fits', () => {
  expect(where({ station: null, name: 'Lemonade' }, 'our SHOP')).toBe(WEB);
  expect(where({ station: null, name: 'Mtsvadi' }, 'our SHOP')).toBe(GRILL);
  expect(where({ station: null, name: 'Lemonade' }, null)).toBeNull();
});
