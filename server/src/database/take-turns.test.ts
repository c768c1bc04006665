import { expect, it } from 'vitest';
import { createTurns } from './take-turns.ts';

const turnsOf = (...items: [storeId: string | null, size: number][]) => {
  const turns = createTurns<{ storeId: string | null; size: number; name: string }>();
  for (const [i, [storeId, size]] of items.entries()) turns.add({ storeId, size, name: `${storeId}${i}` });
  return turns;
};
const names = (items: { name: string }[]) => items.map(({ name }) => name).join(' ');

it('takes one of each store in turn, and those of one store in order', () => {
  const turns = turnsOf(['a', 1], ['a', 1], ['a', 1], ['b', 1], [null, 1]);
  expect(names(turns.take(9))).toBe('a0 b3 null4 a1 a2');
  expect(turns.waiting()).toBe(0);
  expect(turns.take(9)).toEqual([]);
});

it('ends with the item that reaches the size', () => {
  const turns = turnsOf(['a', 50], ['b', 1], ['a', 50], ['b', 1]);
  expect(names(turns.take(32))).toBe('a0');
  expect(names(turns.take(32))).toBe('b1 a2');
  expect(turns.waiting()).toBe(1);
});

it('begins with those who were not served last', () => {
  const turns = turnsOf(['a', 1], ['a', 1], ['a', 1], ['b', 1], ['b', 1]);
  expect(names(turns.take(1))).toBe('a0');
  turns.add({ storeId: 'c', size: 1, name: 'c' });
  expect(names(turns.take(3))).toBe('b3 a1 c');
});
