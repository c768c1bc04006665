import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** How far the clock may be set ahead while the server runs, ms. */
const SET_BY_MS = 7 * 86_400_000;
/** How long a server may have been off, ms; a longer time more likely means a wrong clock. */
const OFF_FOR_MS = 90 * 86_400_000;

/**
 * A clock that jumps ahead by years must not make the server delete data early (S7). At the start it is compared with
 * the newest time in the database, later with a clock that never jumps. A clock that is behind does no harm here.
 *
 * @returns a sentence why this clock must not be used to delete data; null: it may be used
 */
export async function watchClock(parts: {
  db: Kysely<Tables>;
  now(): number;
  elapsed(): number;
}): Promise<() => string | null> {
  const { db, now, elapsed } = parts;
  const newest = await newestTime(db);
  const began = now();
  const beganElapsed = elapsed();
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

  return () => {
    if (newest !== null && began - newest > OFF_FOR_MS)
      return `The clock said ${day(began)} at the start, and the last thing known is of ${day(newest)}.`;
    // A clock that was behind at the start, as on a machine without a clock battery, is corrected later.
    const behind = newest !== null && newest > began;
    const expected = (behind ? newest : began) + elapsed() - beganElapsed;
    if (now() - expected > (behind ? OFF_FOR_MS : SET_BY_MS))
      return `The clock has jumped: it says ${day(now())}, and ${day(expected)} was expected.`;
    return null;
  };
}

/** The newest time in the database, ms since 1970. */
async function newestTime(db: Kysely<Tables>): Promise<number | null> {
  const { at } = await db
    .selectFrom('devices')
    .select((eb) => eb.fn.max('last_seen_at').as('at'))
    .executeTakeFirstOrThrow();
  const changed = await db
    .selectFrom('store_logs')
    .innerJoin('changes', (join) =>
      join.onRef('changes.store_id', '=', 'store_logs.store_id').onRef('changes.seq', '=', 'store_logs.head'),
    )
    .select((eb) => eb.fn.max('at').as('at'))
    .executeTakeFirstOrThrow();
  const times = [at, changed.at].flatMap((time) => (time === null ? [] : Date.parse(time)));
  return times.length === 0 ? null : Math.max(...times);
}
