import type { Spread } from '../support.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isSpread = (value: unknown): value is Spread => isObject(value) && 'p99' in value;
const rounded = (numbers: object) =>
  Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, Math.round(value * 100) / 100]));

/** Prints a line of the settings and single figures, and tables of the spreads and of other groups of numbers. */
export function printSpreads(result: object): void {
  const entries = Object.entries(result);
  console.log(entries.flatMap(([key, value]) => (isObject(value) ? [] : [`${key} ${value}`])).join(' · '));
  for (const isWanted of [isSpread, (value: unknown) => isObject(value) && !isSpread(value)]) {
    const group = entries.filter(([, value]) => isWanted(value));
    if (group.length > 0) console.table(Object.fromEntries(group.map(([key, value]) => [key, rounded(value)])));
  }
}
