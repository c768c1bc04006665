import { expect, it } from 'vitest';
import { falseClaims } from './false-claims.ts';

const claim = (at: number, versions: Record<string, number>) => ({ at, versions: new Map(Object.entries(versions)) });
const fact = { at: 1_000, orderId: 'a', version: 2 };

it.each([
  ['[L1] live without an order from before the window is false', claim(14_000, {}), 1],
  ['[L1] live with an older version of it is false', claim(14_000, { a: 1 }), 1],
  ['a change within the window may be missing', claim(12_500, {}), 0],
  ['the current version is true', claim(14_000, { a: 2 }), 0],
  ['a newer version is true: the display shows its own taps ahead of the server', claim(14_000, { a: 3 }), 0],
])('%s', (_, made, count) => {
  expect(falseClaims([made], [fact], 12_000)).toHaveLength(count);
});
