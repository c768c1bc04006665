import { minorDigits } from '#contract/minor-digits.ts';

/** Money in the minor unit as text for a note, such as `-1.50`. */
export function minorText(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}
