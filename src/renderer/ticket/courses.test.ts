import { expect, test } from 'vitest';
import { anItem } from '../testing/a-ticket.ts';
import { allergensOf } from './allergens.ts';
import { coursesOf } from './courses.ts';

const item = (id: string, course: number | null) => anItem({ id, course });
const shape = (order: Parameters<typeof coursesOf>[0]) =>
  coursesOf(order).map(({ course, held, items }) => [course, held, items.map(({ id }) => id).join('')]);

test('an order of one course that is fired is a plain list', () => {
  expect(shape({ firedCourse: 1, items: [item('a', null), item('b', 1)] })).toEqual([[null, false, 'ab']]);
});

test('[C6] items of a higher course than the fired one are held', () => {
  expect(shape({ firedCourse: 2, items: [item('a', 3), item('b', 1), item('c', 2), item('d', null)] })).toEqual([
    [1, false, 'bd'],
    [2, false, 'c'],
    [3, true, 'a'],
  ]);
});

test('one course that is not fired yet is shown as held', () => {
  expect(shape({ firedCourse: 1, items: [item('a', 2)] })).toEqual([[2, true, 'a']]);
});

test('the allergens of an order are those of its items, each once', () => {
  const items = [anItem({ allergens: ['milk', 'nuts'] }), anItem({ allergens: ['nuts', 'egg'] })];
  expect(allergensOf({ items })).toEqual(['milk', 'nuts', 'egg']);
});
