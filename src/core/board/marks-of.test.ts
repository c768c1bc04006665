import { expect, test } from 'vitest';
import type { Item, Order } from '#contract/order.ts';
import { anItem, anOrder } from '#test/support/an-order.ts';
import { marksOf } from './marks-of.ts';

const beer = (change: Partial<Item> = {}): Item => anItem({ id: 'i2', name: 'Beer', modifiers: [], ...change });
const seen = anOrder({ items: [anItem(), beer()], table: '7', dueAt: '2026-11-21T11:00:00.000Z' });
const NONE = { added: [], changed: [], removed: [], fields: [] };
const after = (change: Partial<Order>) => marksOf(seen, { ...seen, ...change });

test('nothing is marked where nothing was changed, nor for what a kitchen does itself', () => {
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

test('what is new is added, with how many', () => {
  const items = [...seen.items, anItem({ id: 'i3', name: 'Churchkhela', quantity: 3 })];
  expect(after({ items })).toEqual({ ...NONE, added: [{ itemId: 'i3', quantity: 3 }] });
});

test('of what is wanted more often only the difference is added', () => {
  expect(after({ items: [anItem(), beer({ quantity: 5 })] })).toEqual({
    ...NONE,
    added: [{ itemId: 'i2', quantity: 3 }],
  });
});

test('what is gone, and what is wanted less often, is named with how many', () => {
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
])('an item that says something else is changed: %o', (change) => {
  expect(after({ items: [anItem(), beer(change)] })).toEqual({ ...NONE, changed: ['i2'] });
});

test('a line that got another id because its sender names none is the same line', () => {
  expect(after({ items: [anItem(), beer({ id: 'i9', quantity: 3 })] })).toEqual({
    ...NONE,
    added: [{ itemId: 'i9', quantity: 1 }],
  });
  const twice = [beer({ id: 'i8' }), beer({ id: 'i9' })];
  expect(after({ items: [anItem(), ...twice] })).toEqual({ ...NONE, added: [{ itemId: 'i9', quantity: 2 }] });
});

test.each(['note', 'table', 'covers', 'dueAt', 'number', 'customer'] as const)('another %s is marked', (field) => {
  const other = { note: 'n', table: '8', covers: 3, dueAt: null, number: '118' };
  const customer = { ref: 'u-17', name: 'Ana', phone: null };
  expect(after(field === 'customer' ? { customer } : { [field]: other[field] })).toEqual({ ...NONE, fields: [field] });
});

test('a customer’s phone is nothing that a kitchen must be told of', () => {
  expect(after({ customer: { ref: 'u-18', name: 'Нино', phone: '+995' } })).toBeNull();
});
