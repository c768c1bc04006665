import { expect, test } from 'vitest';
import { goesOn, type Typed, typedNumber } from './typed-number.ts';

/** Digits, each typed so many ms after the one before. */
function type(count: number, ...digits: (readonly [digit: number, after: number])[]): number {
  let typed: Typed | null = null;
  let at = 0;
  for (const [digit, after] of digits) {
    at += after;
    typed = typedNumber(typed, digit, at, count);
  }
  return typed?.number ?? 0;
}

test.each([
  ['one digit is a number', 24, [[7, 0]], 7],
  [
    'two in a row are one',
    24,
    [
      [1, 0],
      [2, 300],
    ],
    12,
  ],
  [
    'the second can be 0',
    24,
    [
      [2, 0],
      [0, 300],
    ],
    20,
  ],
  [
    'starts over after a pause',
    24,
    [
      [1, 0],
      [2, 900],
    ],
    2,
  ],
  [
    'starts over above the number of tickets',
    11,
    [
      [1, 0],
      [2, 300],
    ],
    2,
  ],
  [
    'where nine is enough each digit is a number',
    9,
    [
      [1, 0],
      [2, 100],
    ],
    2,
  ],
  [
    'starts over with a third digit',
    24,
    [
      [1, 0],
      [2, 100],
      [3, 100],
    ],
    3,
  ],
] as const)('%s', (_, count, digits, number) => {
  expect(type(count, ...digits)).toBe(number);
});

test('a number goes on only where there are so many tickets, and for a moment', () => {
  expect(goesOn(null, 0, 24)).toBe(false);
  expect(goesOn({ number: 1, at: 0 }, 100, 10)).toBe(true);
  expect(goesOn({ number: 1, at: 0 }, 100, 9)).toBe(false);
  expect(goesOn({ number: 3, at: 0 }, 100, 24)).toBe(false);
  expect(goesOn({ number: 1, at: 0 }, 800, 24)).toBe(false);
});
