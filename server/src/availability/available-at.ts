import type { Availability } from '#contract/availability.ts';

/** What holds at `now` (ms): what had to end by then has ended. */
export function availableAt<T extends Omit<Availability, 'preparationMinutes'>>(state: T, now: number): T {
  const holds = (until: string): boolean => Date.parse(until) > now;
  const whileAhead = (until: string | null) => (until !== null && holds(until) ? until : null);
  return {
    ...state,
    pausedUntil: whileAhead(state.pausedUntil),
    busyUntil: whileAhead(state.busyUntil),
    unavailable: state.unavailable.filter(({ until }) => until === null || holds(until)),
  };
}

/** When the first of its times ends, ms; null: none does. */
export function firstEnd({ pausedUntil, busyUntil, unavailable }: Availability): number | null {
  const ends = [pausedUntil, busyUntil, ...unavailable.map(({ until }) => until)].filter((until) => until !== null);
  return ends.length === 0 ? null : Math.min(...ends.map((until) => Date.parse(until)));
}
