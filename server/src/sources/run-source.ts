import { setTimeout as pause } from 'node:timers/promises';
import type { PullResult } from '#contract/source.ts';
import type { SourceRow } from '../database/tables.ts';
import type { ServiceCalls } from './adapter.ts';
import { openSource } from './open-source.ts';
import { pushNext } from './push-next.ts';
import type { RunParts } from './run-parts.ts';
import { AccessEnded, Later, Refused } from './service-client.ts';
import { addEntry } from './source-rows.ts';
import { aboutSource, takeOrders } from './take-orders.ts';

/** A source that fails for so long calls its owner, ms. */
const ESCALATE_AFTER_MS = 5 * 60_000;
/** The longest pause between two tries, ms. */
const MOST_PAUSE_MS = 5 * 60_000;
const FIRST_PAUSE_MS = 1_000;

/** One source at work: it pulls, looks where a webhook rang, and says statuses. */
export interface RunningSource {
  calls: ServiceCalls;
  /** There is a bell or a status in the database. */
  wake(): void;
  /** Throws what the client throws. Pulls one after the other. */
  pull(): Promise<PullResult>;
  stop(): Promise<void>;
}

export async function runSource(row: SourceRow, parts: RunParts): Promise<RunningSource> {
  const { db, queue, now, escalations, logger } = parts;
  const ending = new AbortController();
  const { signal } = ending;
  const calls = await openSource(parts, row, signal);
  const { pollSeconds } = JSON.parse(row.settings) as { pollSeconds?: number };
  let last: Promise<unknown> = Promise.resolve();
  let wakers: (() => void)[] = [];
  let failingSince = row.failing_since === null ? null : Date.parse(row.failing_since);

  const woken = () => new Promise<void>((done) => wakers.push(done));
  function wake(): void {
    const all = wakers;
    wakers = [];
    for (const one of all) one();
  }

  async function pullNow(): Promise<PullResult> {
    const total = { taken: 0, unchanged: 0, refused: 0 };
    if (!calls.pull) return total;
    const { cursor } = await db
      .selectFrom('sources')
      .select('cursor')
      .where('id', '=', row.id)
      .executeTakeFirstOrThrow();
    for await (const page of calls.pull(cursor)) {
      const result = await takeOrders(parts, row, page.orders, {
        isFirstPull: cursor === null,
        also: ({ tx }) => tx.updateTable('sources').set({ cursor: page.cursor }).where('id', '=', row.id).execute(),
      });
      for (const key of ['taken', 'unchanged', 'refused'] as const) total[key] += result[key];
      await page.stored?.();
    }
    return total;
  }

  function pull(): Promise<PullResult> {
    const mine = last.catch(() => undefined).then(pullNow);
    last = mine;
    return mine.then(
      async (result) => {
        await works();
        return result;
      },
      async (error) => {
        await fails(error).catch(() => undefined);
        throw error;
      },
    );
  }

  async function works(): Promise<void> {
    failingSince = null;
    const set = { pulled_at: new Date(now()).toISOString(), failing_since: null, problem: null };
    await queue.write(null, ({ tx }) => tx.updateTable('sources').set(set).where('id', '=', row.id).execute());
    await escalations.resolve(aboutSource(row));
  }

  async function fails(error: unknown): Promise<void> {
    if (signal.aborted) return;
    failingSince ??= now();
    const words = error instanceof Error ? error.message : String(error);
    const problem =
      error instanceof AccessEnded
        ? `${row.name} no longer accepts the key: ${words}`
        : `${row.name} cannot be read: ${words}`;
    const at = new Date(now()).toISOString();
    const failing_since = new Date(failingSince).toISOString();
    await queue.write(null, async (write) => {
      await write.tx.updateTable('sources').set({ failing_since, problem }).where('id', '=', row.id).execute();
      await addEntry(write, row.id, { at, what: 'pull', externalId: null, outcome: 'failed', detail: words });
    });
    if (error instanceof AccessEnded || now() - failingSince >= ESCALATE_AFTER_MS)
      await escalations.raise(aboutSource(row), `${problem}. Orders from there may be missing: look there.`);
  }

  /** Looks at one order that a webhook named. @returns false: there is none */
  async function answerBell(): Promise<boolean> {
    const bell = await db.selectFrom('source_bells').selectAll().where('source_id', '=', row.id).executeTakeFirst();
    if (!bell) return false;
    const seen = bell.their_id !== '' && calls.look ? await calls.look(bell.their_id).catch(notShown) : undefined;
    if (seen === undefined) {
      await pull();
      await queue.write(null, silence);
    } else await takeOrders(parts, row, seen ? [seen] : [], { also: silence });
    return true;

    /** They do not show it alone: a pull may, and the other bells do not wait for it. */
    function notShown(error: unknown): undefined {
      if (!(error instanceof Refused && calls.pull)) throw error;
    }

    /** Unless it rang again meanwhile. */
    function silence({ tx }: { tx: typeof db }): Promise<unknown> {
      return tx
        .deleteFrom('source_bells')
        .where('source_id', '=', row.id)
        .where('their_id', '=', bell?.their_id ?? '')
        .where('rung', '=', bell?.rung ?? '')
        .execute();
    }
  }

  /** Repeats a job until the end; pauses when it failed, and waits when it had nothing to do. */
  async function repeat(what: string, job: () => Promise<number | null>): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const next = woken();
      let wait: number | null;
      try {
        wait = await job();
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof Later)) logger.warn({ err: error, source: row.id }, `a source could not ${what}`);
        const backOff = Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures++);
        wait = error instanceof Later && error.afterMs !== null ? error.afterMs : backOff;
        await pause(wait, undefined, { signal, ref: false }).catch(() => undefined);
        continue;
      }
      if (wait === 0) continue;
      const timer = new AbortController();
      const timed = wait === null ? [] : [pause(wait, undefined, { signal: timer.signal, ref: false })];
      await Promise.race([next, ...timed.map((one) => one.catch(() => undefined))]);
      timer.abort();
    }
  }

  const pulls = async () => {
    let due = 0;
    await repeat('pull', async () => {
      if (performance.now() >= due) {
        await pull();
        due = performance.now() + (pollSeconds ?? 60) * 1_000 * (0.95 + Math.random() / 20);
      }
      return Math.max(1, due - performance.now());
    });
  };
  const unlisten = calls.listen
    ? calls
        .listen(async (orders) => void (await takeOrders(parts, row, orders)))
        .catch(async (error) => {
          await fails(error).catch(() => undefined);
          return undefined;
        })
    : undefined;
  const running = [
    ...(calls.pull ? [pulls()] : []),
    ...(calls.look || calls.pull ? [repeat('look', async () => ((await answerBell()) ? 0 : null))] : []),
    ...(calls.push ? [repeat('say a status', () => pushNext(row, calls, parts))] : []),
  ];

  return {
    calls,
    wake,
    pull,
    async stop() {
      ending.abort();
      wake();
      await (await unlisten)?.();
      await Promise.all(running);
      await last.catch(() => undefined);
    },
  };
}
