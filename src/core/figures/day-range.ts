import type { FigureRange } from '#contract/figures.ts';
import { startOfLocalDay } from '#contract/local-time.ts';

/** Start (inclusive) and end (exclusive) of a range, ms, by the store's calendar. */
export function dayRange(range: FigureRange, now: number, timeZone: string): { from: number; to: number } {
  const back = (days: number): number => {
    let start = startOfLocalDay(now, timeZone);
    for (let day = 0; day < days; day++) start = startOfLocalDay(start - 1, timeZone);
    return start;
  };
  switch (range) {
    case 'today':
      return { from: back(0), to: now + 1 };
    case 'yesterday':
      return { from: back(1), to: back(0) };
    case 'week':
      return { from: back(6), to: now + 1 };
  }
}
