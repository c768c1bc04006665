import type { Kysely } from 'kysely';
import { type BelievedTime, createBelievedClock } from '#contract/believed-clock.ts';
import { withChecksum } from '../database/checked-rows.ts';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';

export interface ClockWatchParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  /** ms since 1970. */
  now(): number;
  /** ms on a clock that never jumps. */
  elapsed(): number;
}

/** Whether the server's clock may be used to delete data, as {@link createBelievedClock} decides. */
export interface ClockWatch {
  /**
   * Looks at the clock, and stores what the next start must know.
   *
   * @returns a sentence why it must not be used to delete data; null: it may be used
   */
  look(): Promise<string | null>;
  /** The time (ms) from which the age of an answer counts: by a clock that is behind it would soon seem old. */
  dateOfAnswer(): number;
}

/** Looks at the clock for the first time. */
export async function watchClock({ db, queue, now, elapsed }: ClockWatchParts): Promise<ClockWatch> {
  let stored = await readBelieved(db);
  const believed = createBelievedClock(stored ?? (await newestChange(db)));
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

  async function look(): Promise<string | null> {
    const { isBelieved, expected } = believed.look(now(), elapsed());
    const next = believed.toStore(stored);
    if (next) {
      await storeBelieved(queue, next);
      stored = next;
    }
    return isBelieved ? null : `The clock has jumped: it says ${day(now())}, and ${day(expected)} was expected.`;
  }

  await look();
  return { look, dateOfAnswer: () => Math.max(now(), believed.newest() ?? 0) };
}

async function readBelieved(db: Kysely<Tables>): Promise<BelievedTime | null> {
  const row = await db.selectFrom('believed_time').selectAll().executeTakeFirst();
  return row ? { at: Date.parse(row.at), doubtedFor: row.doubted_ms } : null;
}

async function storeBelieved(queue: WriteQueue, { at, doubtedFor }: BelievedTime): Promise<void> {
  const values = { at: new Date(at).toISOString(), doubted_ms: Math.round(doubtedFor) };
  const row = withChecksum('believed_time', values);
  await queue.write(null, ({ tx }) =>
    tx
      .insertInto('believed_time')
      .values({ only: 1, ...row })
      .onConflict((oc) => oc.column('only').doUpdateSet(row))
      .execute(),
  );
}

/** The time of the newest change of any store, in a database that has no believed time; null: none. */
async function newestChange(db: Kysely<Tables>): Promise<BelievedTime | null> {
  const { at } = await db
    .selectFrom('store_logs')
    .innerJoin('changes', (join) =>
      join.onRef('changes.store_id', '=', 'store_logs.store_id').onRef('changes.seq', '=', 'store_logs.head'),
    )
    .select((eb) => eb.fn.max('at').as('at'))
    .executeTakeFirstOrThrow();
  return at === null ? null : { at: Date.parse(at), doubtedFor: 0 };
}
