import { expect, test } from 'vitest';
import { anItem } from '../testing/a-ticket.ts';
import { allergensOf, coursesOf } from './items.ts';

const item = (id: string, course: number | null) => anItem({ id, course });
const shape = (order: Parameters<typeof coursesOf>[0]) =>
  coursesOf(order).map(({ course, held, items }) => [course, held, items.map(({ id }) => id).join('')]);

test('shows an order with one fired course as a plain list', () => {
  expect(shape({ firedCourse: 1, items: [item('a', null), item('b', 1)] })).toEqual([[null, false, 'ab']]);
});

test('[C6] holds items of a later course than the fired one', () => {
  expect(shape({ firedCourse: 2, items: [item('a', 3), item('b', 1), item('c', 2), item('d', null)] })).toEqual([
    [1, false, 'bd'],
    [2, false, 'c'],
    [3, true, 'a'],
  ]);
});

test('shows a single course that is not fired yet as held', () => {
  expect(shape({ firedCourse: 1, items: [item('a', 2)] })).toEqual([[2, true, 'a']]);
});

test('collects the allergens of an order from its items, each once', () => {
  const items = [anItem({ allergens: ['milk', 'nuts'] }), anItem({ allergens: ['nuts', 'egg'] })];
  expect(allergensOf({ items })).toEqual(['milk', 'nuts', 'egg']);
});
