import { expect, test } from 'vitest';
import { anItem } from '../testing/a-ticket.ts';
import { allDone, prepOf } from './prep-of.ts';
import { stationOf } from './station-of.ts';

const STATIONS = ['oven', 'grill', 'bar'].map((id) => ({ id, name: id, stations: [], names: [] }));

test('each station with something to do is told of, and what belongs to none is told last', () => {
  const items = [
    anItem({ station: null }),
    anItem({ station: 'grill', done: true }),
    anItem({ station: 'oven', done: true, quantity: 4 }),
    anItem({ station: 'oven' }),
  ];
  const preps = prepOf({ items }, STATIONS, stationOf(STATIONS));
  expect(preps.map(({ station, done, all }) => [station?.id ?? null, done, all])).toEqual([
    ['oven', 1, 2],
    ['grill', 1, 1],
    [null, 0, 1],
  ]);
});

test('an order is prepared when every item of it is done', () => {
  expect(allDone({ items: [anItem({ done: true }), anItem({ done: false })] })).toBe(false);
  expect(allDone({ items: [anItem({ done: true }), anItem({ done: true })] })).toBe(true);
});
