import { z } from 'zod';
import { DAY_MS } from './local-time.ts';

/** How far a clock may be set ahead while the program runs, ms. */
const SET_BY_MS = 7 * DAY_MS;
/** How long a program may have been off, ms; a longer time more likely means a wrong clock. */
const OFF_FOR_MS = 90 * DAY_MS;
/** A clock that was doubted for so long is believed, ms that the program ran. */
const DOUBTED_FOR_MS = 7 * DAY_MS;
/** What is stored may be this old, ms. */
const STORED_EVERY_MS = 3_600_000;

/**
 * Outlives the program: the newest time at which the clock was believed, and how long the program has run since then with a
 * clock that it doubts; ms.
 */
export const BelievedTime = z.object({ at: z.number(), doubtedFor: z.number() });
export type BelievedTime = z.infer<typeof BelievedTime>;

export type BelievedClock = ReturnType<typeof createBelievedClock>;

/**
 * Whether a clock may be used to delete what is old (S7). One that jumps ahead by months is doubted: what it calls old may be
 * of today. A clock that is behind deletes nothing early.
 *
 * @param known from an earlier run; null: nothing is known, and the clock is believed at first
 */
export function createBelievedClock(known: BelievedTime | null) {
  let time = known;
  let lookedAt: number | null = null;
  /** What the clock should show at an uptime, and by how much it may be ahead of that. */
  let base: { at: number; uptime: number; slack: number } | null = null;

  return {
    /**
     * @param now the clock, ms
     * @param uptime of the program, by a clock that never jumps, ms
     * @returns `expected`: what the clock should show at most, but for the slack
     */
    look(now: number, uptime: number): { isBelieved: boolean; expected: number } {
      base ??= { at: time?.at ?? now, uptime, slack: OFF_FOR_MS };
      const expected = base.at + uptime - base.uptime;
      const isAhead = now - expected > base.slack;
      const doubtedFor = isAhead ? (time?.doubtedFor ?? 0) + uptime - (lookedAt ?? uptime) : 0;
      lookedAt = uptime;
      if (isAhead && doubtedFor < DOUBTED_FOR_MS) {
        time = { at: time?.at ?? expected, doubtedFor };
        return { isBelieved: false, expected };
      }
      // A clock that was behind at the start, as on a machine without a clock battery, may still be corrected.
      if (isAhead || (base.slack === OFF_FOR_MS && now >= expected)) base = { at: now, uptime, slack: SET_BY_MS };
      time = { at: Math.max(time?.at ?? now, now), doubtedFor: 0 };
      return { isBelieved: true, expected };
    },
    /** The newest time at which the clock was believed, ms; null: it was not looked at yet. */
    newest: (): number | null => time?.at ?? null,
    /** What is to be stored now; null: what is stored is new enough. */
    toStore(stored: BelievedTime | null): BelievedTime | null {
      const isOld = (key: keyof BelievedTime) =>
        time !== null && Math.abs(time[key] - (stored?.[key] ?? Number.NEGATIVE_INFINITY)) >= STORED_EVERY_MS;
      return isOld('at') || isOld('doubtedFor') ? time : null;
    },
  };
}
