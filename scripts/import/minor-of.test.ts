import { describe, expect, it } from 'vitest';
import { minorOf } from './minor-of.ts';

describe('an amount in the minor unit', () => {
  it.each([
    ['29', 'GEL', 2900],
    ['29.5', 'GEL', 2950],
    ['29,05', 'GEL', 2905],
    ['29.500', 'GEL', 2950],
    ['1.15', 'GEL', 115],
    ['0.29', 'GEL', 29],
    [' 7 ', 'JPY', 7],
    ['7.00', 'JPY', 7],
    ['1.234', 'KWD', 1234],
    [4.35, 'GEL', 435],
    [0.1 + 0.2, 'GEL', 30],
    [29n, 'GEL', 2900],
  ] as const)('of %s %s is %s', (amount, currency, minor) => {
    expect(minorOf(amount, currency, 'total')).toBe(minor);
  });

  it.each([
    ['', 'GEL', 'is not an amount'],
    ['-5', 'GEL', 'is not an amount'],
    ['12 GEL', 'GEL', 'is not an amount'],
    ['1.234,50', 'GEL', 'is not an amount'],
    ['1,234', 'GEL', 'has more decimals than GEL has (2)'],
    ['1,230', 'GEL', 'has more decimals than GEL has (2)'],
    ['1.005', 'GEL', 'has more decimals than GEL has (2)'],
    [1.005, 'GEL', 'has more decimals than GEL has (2)'],
    ['1.5', 'JPY', 'has more decimals than JPY has (0)'],
    [Number.NaN, 'GEL', 'is not an amount'],
    ['99999999999999999', 'GEL', 'is too large'],
  ] as const)('of %s %s is refused: %s', (amount, currency, why) => {
    expect(() => minorOf(amount, currency, 'total')).toThrow(why);
  });
});
