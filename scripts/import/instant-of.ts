import { offsetAt } from '#contract/local-time.ts';
import { refuse } from './refuse.ts';

/** Seconds since 1970 are below it for three thousand years, milliseconds above it since 1973. */
const FIRST_MS = 100_000_000_000;
const FORM =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * An older system's time as ISO in UTC: `2026-11-21 10:00:00`, ISO 8601, a date alone, or seconds or milliseconds since 1970.
 *
 * @param timeZone the store's, which applies to a time without one
 */
export function instantOf(value: unknown, timeZone: string, field: string): string {
  const text = String(value).trim();
  if (/^\d{1,14}(\.0+)?$/.test(text)) return iso(Number(text) < FIRST_MS ? Number(text) * 1_000 : Number(text));
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] =
    FORM.exec(text) ?? refuse(field, text, 'is not a time such as 2026-11-21 10:00:00');
  const wall = Date.UTC(+(year ?? 0), +(month ?? 0) - 1, +(day ?? 0), +hour, +minute, +second);
  const isThere = iso(wall).startsWith(
    `${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute.padStart(2, '0')}:${second.padStart(2, '0')}`,
  );
  if (!isThere) return refuse(field, text, 'is a time that does not exist');
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return iso(wall + ms - (zone === undefined ? localOffset(wall, timeZone) : offsetOf(zone)));
}

/** ms by which the store's clock is ahead of UTC when it shows this time. */
function localOffset(wall: number, timeZone: string): number {
  const near = offsetAt(wall - offsetAt(wall, timeZone), timeZone);
  return offsetAt(wall - near, timeZone);
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes)) * 60_000;
}

const iso = (ms: number): string => new Date(ms).toISOString();
