import { expect, test } from 'vitest';
import { beckon } from './beckon.ts';

test.each([
  [[], [], null],
  [[], ['a'], 'start'],
  [['a'], ['a'], null],
  [['a'], ['a', 'b'], 'start'],
  [['a', 'b'], ['b'], null],
  [['a'], ['b'], 'start'],
  [['a'], [], 'stop'],
] as const)('%j, then %j: %s', (before, now, means) => {
  expect(beckon(before, now)).toBe(means);
});
