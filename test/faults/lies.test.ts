import { expect, it } from 'vitest';
import { liesOf } from './lies.ts';

const claim = (at: number, versions: Record<string, number>) => ({ at, versions: new Map(Object.entries(versions)) });
const fact = { at: 1_000, orderId: 'a', version: 2 };

it.each([
  ['[L1] live without an order that was there before its window is a lie', claim(14_000, {}), 1],
  ['[L1] live with an older version of it is a lie', claim(14_000, { a: 1 }), 1],
  ['what is newer than the window may not be known yet', claim(12_500, {}), 0],
  ['what is shown is no lie', claim(14_000, { a: 2 }), 0],
  ['nor is what runs ahead: the display lays its own taps over it', claim(14_000, { a: 3 }), 0],
])('%s', (_, said, lies) => {
  expect(liesOf([said], [fact], 12_000)).toHaveLength(lies);
});
