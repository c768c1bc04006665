import { expect, test } from 'vitest';
import { listOf } from './list-of.ts';

test('splits at the commas of all scripts, and drops what is empty or there already', () => {
  expect(listOf('no egg, แกง، کباب、寿司 ,, no egg;x')).toEqual(['no egg', 'แกง', 'کباب', '寿司', 'x']);
});
