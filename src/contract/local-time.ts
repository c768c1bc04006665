/** A store's local days and hours. Times are ms since 1970; zones are IANA names. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** `Intl` is slow, so each hour of each zone asks it twice. */
function computeOffset(at: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatFor(timeZone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** Offsets by zone and hour since 1970; null: clocks change within the hour. */
const offsets = new Map<string, number | null>();
const MOST_OFFSETS = 20_000;

/** How far the store's clock is ahead of UTC at this moment, ms. */
export function offsetAt(at: number, timeZone: string): number {
  const hour = Math.floor(at / HOUR_MS);
  const key = `${hour} ${timeZone}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const first = computeOffset(hour * HOUR_MS, timeZone);
    offset = first === computeOffset((hour + 1) * HOUR_MS - 1, timeZone) ? first : null;
    if (offsets.size >= MOST_OFFSETS) offsets.clear();
    offsets.set(key, offset);
  }
  return offset ?? computeOffset(at, timeZone);
}

/** The date on the store's calendar: `2026-11-21`. */
export const localDay = (at: number, timeZone: string): string =>
  new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 10);

/**
 * The start of the local day of `at`. Found by search: where clocks change at midnight, a day may begin at one.
 */
export function startOfLocalDay(at: number, timeZone: string): number {
  const day = localDay(at, timeZone);
  let before = at - 26 * HOUR_MS;
  let within = at;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (localDay(middle, timeZone) === day) within = middle;
    else before = middle;
  }
  return within;
}

/** The local hour of `at`, such as `2026-11-21T14:00+04:00`. When clocks go back, repeated hours differ in offset. */
export function localHour(at: number, offset: number): string {
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.floor(Math.abs(offset) / MINUTE_MS);
  const two = (n: number) => String(n).padStart(2, '0');
  const hour = new Date(at + offset).toISOString().slice(0, 13);
  return `${hour}:00${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
