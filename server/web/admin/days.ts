import { DAY_MS, localDay, startOfLocalDay } from '#contract/local-time.ts';

/** The start of a day of the store's calendar, such as `2026-11-21`; ms. */
export function startOfDay(day: string, timeZone: string): number {
  // Offsets are between -12 and +14 hours, so noon in UTC is that day or a neighbour of it.
  const noon = Date.parse(`${day}T12:00:00Z`);
  const at = [noon, noon - DAY_MS / 2, noon + DAY_MS / 2].find((one) => localDay(one, timeZone) === day) ?? noon;
  return startOfLocalDay(at, timeZone);
}

/** The days up to this one, oldest first: `2026-11-21`. */
export const lastDays = (count: number, day: string): string[] =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(day) - (count - 1 - i) * DAY_MS).toISOString().slice(0, 10),
  );
