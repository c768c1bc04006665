import { toMinor } from '#contract/to-minor.ts';

/** Minor units of `18.90 EUR`, HubRise's way to write money; null: it is not an amount. May be negative. */
export const minorOf = (money: string, currency: string): number | null =>
  toMinor(money.trim().split(/\s+/)[0], currency);

/** The currency of the first amount that has one. */
export const currencyOf = (money: readonly string[]): string | undefined =>
  money.map((one) => /\s([A-Z]{3})$/i.exec(one.trim())?.[1]?.toUpperCase()).find(Boolean);
