import { expect, test } from 'vitest';
import { stationOf } from '#contract/station-of.ts';
import { anItem } from '../testing/a-ticket.ts';
import { allDone, stationProgress } from './station-progress.ts';

const STATIONS = ['oven', 'grill', 'bar'].map((id) => ({ id, name: id, stations: [], names: [] }));

test('lists each station with items in the order, and items without a station last', () => {
  const items = [
    anItem({ station: null }),
    anItem({ station: 'grill', done: true }),
    anItem({ station: 'oven', done: true, quantity: 4 }),
    anItem({ station: 'oven' }),
  ];
  const progress = stationProgress({ items, source: null }, STATIONS, stationOf(STATIONS));
  expect(progress.map(({ station, done, all }) => [station?.id ?? null, done, all])).toEqual([
    ['oven', 1, 2],
    ['grill', 1, 1],
    [null, 0, 1],
  ]);
});

test('an order is prepared when all its items are done', () => {
  expect(allDone({ items: [anItem({ done: true }), anItem({ done: false })] })).toBe(false);
  expect(allDone({ items: [anItem({ done: true }), anItem({ done: true })] })).toBe(true);
});
