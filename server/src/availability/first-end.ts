import type { Availability } from '#contract/availability.ts';

/** When the first of its times ends, ms; null: none does. */
export function firstEnd({ pausedUntil, busyUntil, unavailable }: Availability): number | null {
  const ends = [pausedUntil, busyUntil, ...unavailable.map(({ until }) => until)].filter((until) => until !== null);
  return ends.length === 0 ? null : Math.min(...ends.map((until) => Date.parse(until)));
}
