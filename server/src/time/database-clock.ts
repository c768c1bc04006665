import { every } from './every.ts';

const LOOK_EVERY_MS = 10_000;
/** Looks at a time, of which the fastest counts. */
const LOOKS = 3;

/** The time of the database, which is the same for all nodes; this machine's clock does not count. */
export interface DatabaseClock {
  /** ms since 1970. */
  now(): number;
  /** Compares it with the database's. */
  look(): Promise<void>;
  stop(): void;
}

export interface DatabaseClockParts {
  /** ms since 1970, by the database. */
  readTime(): Promise<number>;
  onFailure(error: unknown): void;
  /** ms on a clock that never jumps. */
  elapsed?(): number;
}

/** Asks the database for its time, now and every ten seconds; in between, time goes on by the clock that never jumps. */
export async function startDatabaseClock({
  readTime,
  onFailure,
  elapsed = () => performance.now(),
}: DatabaseClockParts): Promise<DatabaseClock> {
  /** What `elapsed` would have to show to be the time. */
  let ahead: number | null = null;

  /** How far ahead the database was in the middle of asking it, and by how much that may be wrong. */
  async function ask(): Promise<{ found: number; error: number }> {
    const before = elapsed();
    const time = await readTime();
    const after = elapsed();
    return { found: time - (before + after) / 2, error: (after - before) / 2 };
  }

  async function look(): Promise<void> {
    let best = await ask();
    for (let i = 1; i < LOOKS; i++) {
      const next = await ask();
      if (next.error < best.error) best = next;
    }
    // Within what the measurement can tell, time goes on evenly.
    if (ahead === null || Math.abs(best.found - ahead) > best.error + 1) ahead = best.found;
  }

  await look();
  return {
    now: () => Math.floor((ahead ?? 0) + elapsed()),
    look,
    stop: every(LOOK_EVERY_MS, look, onFailure),
  };
}
