import { refuse } from './refuse.ts';

/** Digits after the last ones of a sum that a program may have computed with binary fractions. */
const NOISE_DIGITS = 6;

/**
 * A decimal amount in the currency's minor unit, computed on its digits: `12.5` GEL is 1250. Text may have a decimal comma. A
 * number may have the noise of binary fractions (29.900000000000002); a text with more decimals than the currency has is refused.
 */
export function minorOf(amount: unknown, currency: string, field: string): number {
  const digits = digitsOf(currency);
  const text = typeof amount === 'number' ? withoutNoise(amount, digits) : String(amount).trim();
  const [, whole, decimals = ''] = /^(\d+)(?:[.,](\d+))?$/.exec(text) ?? refuse(field, text, 'is not an amount');
  // A comma before three digits may separate thousands.
  const isUnclear = text.includes(',') && decimals.length > digits;
  if (isUnclear || /[1-9]/.test(decimals.slice(digits)))
    return refuse(field, text, `has more decimals than ${currency} has (${digits})`);
  const minor = Number(`${whole}${decimals.slice(0, digits).padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? minor : refuse(field, text, 'is too large');
}

function withoutNoise(amount: number, digits: number): string {
  const text = amount.toFixed(digits + NOISE_DIGITS);
  return text.endsWith('0'.repeat(NOISE_DIGITS)) ? text : String(amount);
}

/** Decimals of a currency, such as 2 of GEL and 0 of JPY. */
const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
