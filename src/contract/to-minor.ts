import { minorDigits } from './minor-digits.ts';

/** Money in the currency's minor unit (ISO 4217, as Intl knows it); null: not an amount. May be negative. */
export function toMinor(amount: unknown, currency: string): number | null {
  if (typeof amount !== 'string' && typeof amount !== 'number') return null;
  const text = String(amount).trim();
  if (text === '') return null;
  const value = Number(text);
  if (!Number.isFinite(value)) return null;
  // By exponent and not by a product: 1.005 * 100 is 100.49999999999999.
  const minor = Math.round(Number(`${text}e${minorDigits(currency)}`));
  return Number.isSafeInteger(minor) ? minor || 0 : null;
}
