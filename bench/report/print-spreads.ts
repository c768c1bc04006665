import type { Spread } from '../support.ts';

const isSpread = (value: unknown): value is Spread => typeof value === 'object' && value !== null && 'p99' in value;
const rounded = (spread: Spread) =>
  Object.fromEntries(Object.entries(spread).map(([key, value]) => [key, Math.round(value * 10) / 10]));

/** Prints a line of the settings and single figures, and a table of the spreads. */
export function printSpreads(result: object): void {
  const settings = Object.entries(result).filter(([, value]) => !isSpread(value));
  console.log(settings.map(([key, value]) => `${key} ${value}`).join(' · '));
  const spreads = Object.entries(result).filter((entry): entry is [string, Spread] => isSpread(entry[1]));
  console.table(Object.fromEntries(spreads.map(([key, spread]) => [key, rounded(spread)])));
}
