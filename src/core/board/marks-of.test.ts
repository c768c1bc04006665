import { expect, test } from 'vitest';
import type { Item, Order } from '#contract/order.ts';
import { anItem, anOrder } from '#test/support/an-order.ts';
import { marksOf } from './marks-of.ts';

const beer = (change: Partial<Item> = {}): Item => anItem({ id: 'i2', name: 'Beer', modifiers: [], ...change });
const seen = anOrder({ items: [anItem(), beer()], table: '7', dueAt: '2026-11-21T11:00:00.000Z' });
const NONE = { added: [], changed: [], moved: [], removed: [], fields: [] };
const after = (change: Partial<Order>) => marksOf(seen, { ...seen, ...change });

test('marks nothing when nothing changed, or only what a kitchen changes', () => {
  expect(after({})).toBeNull();
  expect(
    after({
      status: 'ready',
      priority: true,
      firedCourse: 3,
      acknowledgedAt: '2026-11-21T10:01:00.000Z',
      payment: { status: 'paid', method: null },
      totalMinor: 1,
      version: 9,
      items: [anItem({ done: true }), beer()],
    }),
  ).toBeNull();
});

test('lists a new item as added, with its quantity', () => {
  const items = [...seen.items, anItem({ id: 'i3', name: 'Churchkhela', quantity: 3 })];
  expect(after({ items })).toEqual({ ...NONE, added: [{ itemId: 'i3', quantity: 3 }] });
});

test('lists only the difference of a larger quantity as added', () => {
  expect(after({ items: [anItem(), beer({ quantity: 5 })] })).toEqual({
    ...NONE,
    added: [{ itemId: 'i2', quantity: 3 }],
  });
});

test('lists a removed item and a smaller quantity as removed, with the quantity', () => {
  expect(after({ items: [anItem({ quantity: 1 })] })).toEqual({
    ...NONE,
    removed: [
      { name: 'Khachapuri', station: 'oven', quantity: 1 },
      { name: 'Beer', station: 'oven', quantity: 2 },
    ],
  });
});

test.each<Partial<Item>>([
  { name: 'Wine' },
  { note: 'cold' },
  { modifiers: [{ name: 'lemon', quantity: 1 }] },
  { allergens: ['gluten'] },
  { course: 2 },
])('marks an item as changed: %o', (change) => {
  expect(after({ items: [anItem(), beer(change)] })).toEqual({ ...NONE, changed: ['i2'] });
});

test('matches an unchanged item whose id changed because its sender sends none', () => {
  expect(after({ items: [anItem(), beer({ id: 'i9', quantity: 3 })] })).toEqual({
    ...NONE,
    added: [{ itemId: 'i9', quantity: 1 }],
  });
  const twice = [beer({ id: 'i8' }), beer({ id: 'i9' })];
  expect(after({ items: [anItem(), ...twice] })).toEqual({ ...NONE, added: [{ itemId: 'i9', quantity: 2 }] });
});

test.each(['note', 'table', 'covers', 'dueAt', 'number', 'customer'] as const)('marks a changed %s', (field) => {
  const other = { note: 'n', table: '8', covers: 3, dueAt: null, number: '118' };
  const customer = { ref: 'u-17', name: 'Ana', phone: null };
  expect(after(field === 'customer' ? { customer } : { [field]: other[field] })).toEqual({ ...NONE, fields: [field] });
});

test('does not mark a changed phone number', () => {
  expect(after({ customer: { ref: 'u-18', name: 'Нино', phone: '+995' } })).toBeNull();
});

test('lists an item that went to another station, and nothing else of it', () => {
  expect(after({ items: [anItem({ station: 'grill' }), beer()] })).toEqual({ ...NONE, moved: ['i1'] });
});
