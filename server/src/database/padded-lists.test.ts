import { expect, it } from 'vitest';
import { paddedLists } from './padded-lists.ts';

const ids = (count: number) => Array.from({ length: count }, (_, i) => `id ${i}`);

it.each([
  [0, []],
  [1, [1]],
  [2, [8]],
  [8, [8]],
  [9, [64]],
  [512, [512]],
  [1_100, [512, 512, 512]],
])('%i values are lists of %o, with all values and no others', (count, lengths) => {
  const lists = paddedLists(ids(count));
  expect(lists.map(({ length }) => length)).toEqual(lengths);
  expect([...new Set(lists.flat())]).toEqual(ids(count));
});
