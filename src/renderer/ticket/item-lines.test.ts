import { expect, test } from 'vitest';
import type { Item } from '#contract/order.ts';
import type { Marks } from '#contract/ticket.ts';
import { anItem } from '../testing/a-ticket.ts';
import { itemLines } from './item-lines.ts';

const NONE: Marks = { added: [], changed: [], moved: [], removed: [], fields: [] };
const shape = (items: Item[], marks: Marks | null = null) =>
  itemLines(items, marks, true).map(({ item, itemIds, added, since }) => [
    `${item.quantity} ${item.name}`,
    itemIds.join(''),
    added,
    since,
  ]);

test('combines equal items in the place of the first, with the quantity of all', () => {
  const items = [
    anItem({ id: 'a', quantity: 2 }),
    anItem({ id: 'b', name: 'Tea' }),
    anItem({ id: 'c' }),
    anItem({ id: 'd', quantity: 3 }),
  ];
  expect(shape(items)).toEqual([
    ['6 Khachapuri', 'acd', 0, null],
    ['1 Tea', 'b', 0, null],
  ]);
  expect(items[0]?.quantity).toBe(2);
});

test('the order in which modifiers and allergens were entered does not matter', () => {
  const [egg, salt] = [
    { name: 'no egg', quantity: 1 },
    { name: 'salt', quantity: 2 },
  ];
  const a = anItem({ id: 'a', modifiers: [egg, salt], allergens: ['nuts', 'milk'], course: 1 });
  const b = anItem({ id: 'b', modifiers: [salt, egg], allergens: ['milk', 'nuts'] });
  expect(shape([a, b])).toEqual([['2 Khachapuri', 'ab', 0, null]]);
});

test.each<Partial<Item>>([
  { name: 'Khinkali' },
  { modifiers: [{ name: 'no egg', quantity: 1 }] },
  { note: 'well done' },
  { allergens: ['nuts'] },
  { course: 2 },
  { station: 'oven' },
  { done: true },
])('keeps items apart that differ: %o', (change) => {
  expect(itemLines([anItem({ id: 'a' }), anItem({ id: 'b', ...change })], null, true)).toHaveLength(2);
});

test('modifiers with other quantities are not equal', () => {
  const salt = (quantity: number) => [{ name: 'salt', quantity }];
  expect(shape([anItem({ id: 'a', modifiers: salt(1) }), anItem({ id: 'b', modifiers: salt(2) })])).toHaveLength(2);
});

test('keeps an item apart that another station sent here', () => {
  const items = [anItem({ id: 'a' }), anItem({ id: 'b' }), anItem({ id: 'c' })];
  expect(shape(items, { ...NONE, moved: ['b'] })).toEqual([
    ['2 Khachapuri', 'ac', 0, null],
    ['1 Khachapuri', 'b', 0, 'moved'],
  ]);
});

test('adds up what was added, and keeps a changed item apart', () => {
  const items = [anItem({ id: 'a', quantity: 2 }), anItem({ id: 'b' }), anItem({ id: 'c' }), anItem({ id: 'd' })];
  const added = [
    { itemId: 'a', quantity: 1 },
    { itemId: 'b', quantity: 1 },
  ];
  expect(shape(items, { ...NONE, added, changed: ['c'] })).toEqual([
    ['4 Khachapuri', 'abd', 2, null],
    ['1 Khachapuri', 'c', 0, 'changed'],
  ]);
});

test('keeps every item on its own line where they are not combined', () => {
  const lines = itemLines([anItem({ id: 'a' }), anItem({ id: 'b' })], { ...NONE, changed: ['b'] }, false);
  expect(lines.map(({ itemIds, since }) => [itemIds, since])).toEqual([
    [['a'], null],
    [['b'], 'changed'],
  ]);
});
