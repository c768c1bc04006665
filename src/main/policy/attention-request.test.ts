import { expect, test } from 'vitest';
import { attentionRequest } from './attention-request.ts';

test.each([
  [[], [], null],
  [[], ['a'], 'start'],
  [['a'], ['a'], null],
  [['a'], ['a', 'b'], 'start'],
  [['a', 'b'], ['b'], null],
  [['a'], ['b'], 'start'],
  [['a'], [], 'stop'],
] as const)('%j, then %j: %s', (before, now, means) => {
  expect(attentionRequest(before, now)).toBe(means);
});
