import type { Clock } from '../ports.ts';

interface Timer {
  at: number;
  order: number;
  run: () => void;
}

export interface FakeClock extends Clock {
  /** Lets time pass: runs each due timer in order, and settles its promises before the next. */
  advance(ms: number): Promise<void>;
  /** Settles all pending promises. */
  settle(): Promise<void>;
  /** The machine sleeps: its clock goes on, monotonic time and timers pause. */
  sleep(ms: number): void;
  /** Sets the machine's clock. */
  setWall(ms: number): void;
}

/** Enough turns for the longest chain of promises between two timers. */
const TURNS = 60;

async function promisesOnly(): Promise<void> {
  for (let i = 0; i < TURNS; i++) await Promise.resolve();
}

/**
 * A clock that moves only when a test advances it. Wall time starts at `wall`, monotonic time at a different number.
 *
 * @param settle settles pending work; more than promises if a real server takes part
 */
export function createFakeClock(wall = Date.parse('2026-11-21T10:00:00.000Z'), settle = promisesOnly): FakeClock {
  let now = 1_000;
  let ahead = wall - now;
  let asleep = 0;
  let count = 0;
  const timers = new Set<Timer>();

  function nextDue(until: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of timers)
      if (timer.at <= until && (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)))
        next = timer;
    return next;
  }

  return {
    monotonic: () => now,
    uptime: () => now + asleep,
    wall: () => now + ahead,
    after(ms, run) {
      const timer = { at: now + Math.max(0, ms), order: count++, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.run();
        await settle();
      }
      now = until;
    },
    settle,
    sleep(ms) {
      asleep += ms;
      ahead += ms;
    },
    setWall(ms) {
      ahead = ms - now;
    },
  };
}
