import { z } from 'zod';
import { STATUS_WORDS, statusOfWord } from './status.ts';

/** The basic types of the contract. Lengths are counted in characters (code points). */

const wellFormed = (s: string): boolean => s.isWellFormed() && !s.includes('\u0000');
const characters = (s: string): number => [...s].length;

/** Text of at most `max` characters; no NUL and no lone surrogates, which databases do not preserve. */
export function text(max: number, min = 0) {
  return z
    .string()
    .refine(wellFormed, 'must be well-formed text')
    .refine((s) => characters(s) <= max, `must have at most ${max} characters`)
    .refine((s) => min === 0 || characters(s.trim()) >= min, 'must not be empty')
    .meta({ maxLength: max, ...(min ? { minLength: min } : {}) });
}

/** Null is the same as absent (contract, section 4): either becomes `undefined`. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .transform((v): z.output<T> | undefined => (v === null ? undefined : v))
    .optional();
}

export const Name = text(200, 1);
export const Note = text(2000);
export const ShortText = text(200);

/** Checked in UTC: an offset can move the ends of the range to years that {@link Timestamp} does not support. */
function hasFourDigitYear(iso: string): boolean {
  const date = new Date(iso);
  return !Number.isNaN(date.getTime()) && date.toISOString().length === '2026-11-21T10:00:00.000Z'.length;
}

/** Accepts ISO 8601 with a zone; the output is UTC with milliseconds. */
export const Instant = z.iso
  .datetime({ offset: true })
  .refine(hasFourDigitYear, 'must be a time that exists, in the years 0 to 9999')
  .transform((s) => new Date(s).toISOString())
  .meta({ format: 'date-time' });

/** A time in output form. */
export const Timestamp = z.iso.datetime({ precision: 3 });

/** Money in the currency's minor unit. */
export const Minor = z.int().min(0).max(1_000_000_000_000);
export const Quantity = z.int().min(1).max(9_999);
export const Course = z.int().min(1).max(99);
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'must be a three-letter ISO 4217 code, such as GEL');
export const StoreId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be 1 to 64 letters, digits, - or _');
export const OrderId = z.string().min(1).max(64);
export const Seq = z.int().min(0);

/** Accepts a current or a legacy status name; the output is the current one. */
export const StatusWord = z.enum(STATUS_WORDS).transform(statusOfWord);
