import { setTimeout as pause } from 'node:timers/promises';
import type { PullResult } from '#contract/source.ts';
import type { ServiceCalls, TheirOrder } from './adapter.ts';
import { adapterFor } from './check-source.ts';
import { createHealth, type Health } from './create-health.ts';
import { openSource } from './open-source.ts';
import { createJobStore } from './print/create-job-store.ts';
import type { SourceJob } from './problem-of.ts';
import { pullSource } from './pull-source.ts';
import { pushNext } from './push-next.ts';
import type { RunParts } from './run-parts.ts';
import { Later, Refused } from './service-client.ts';
import type { SourceRow } from './source-tables.ts';
import { takeOrders } from './take-orders.ts';

/** The longest pause between two tries, ms. */
const MOST_PAUSE_MS = 60_000;

/** One source at work: it pulls or listens, looks where a webhook rang, and says statuses. */
export interface RunningSource {
  calls: ServiceCalls;
  health: Health;
  /** There is a bell or a status in the database. */
  wake(): void;
  /** Throws what the client throws. Pulls one after the other. */
  pull(): Promise<PullResult>;
  stop(): Promise<void>;
}

export interface RunOptions {
  open?: typeof openSource;
  /** Before a job that failed is tried again, ms; grows to a minute. */
  firstPauseMs?: number;
}

export async function runSource(
  row: SourceRow,
  parts: RunParts,
  { open = openSource, firstPauseMs = 1_000 }: RunOptions = {},
): Promise<RunningSource> {
  const { db, queue, logger } = parts;
  const ending = new AbortController();
  const { signal } = ending;
  const calls = await open(parts, row, signal);
  const health = createHealth(row, parts);
  const { pollSeconds = 60 } = JSON.parse(row.settings) as { pollSeconds?: number };
  const leastSeconds = adapterFor(row.kind).pollSeconds?.least ?? 0;
  let last: Promise<unknown> = Promise.resolve();
  let wakers: (() => void)[] = [];

  const woken = () => new Promise<void>((done) => wakers.push(done));
  function wake(): void {
    const all = wakers;
    wakers = [];
    for (const one of all) one();
  }

  function pull(): Promise<PullResult> {
    const mine = last.catch(() => undefined).then(() => noted('pull', () => pullSource(row, calls, parts)));
    last = mine;
    return mine.then(async (result) => {
      await health.works('pull');
      return result;
    });
  }

  /** Runs a job that gets orders; when it fails, the source says so. */
  async function noted<T>(job: SourceJob, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!signal.aborted) await health.fails(job, error).catch(() => undefined);
      throw error;
    }
  }

  /** Looks at one order that a webhook named. @returns false: there is none */
  async function answerBell(): Promise<boolean> {
    const bells = db.selectFrom('source_bells').selectAll().where('source_id', '=', row.id);
    const bell = await bells.limit(1).executeTakeFirst();
    if (!bell) return false;
    const seen = bell.their_id !== '' && calls.look ? await calls.look(bell.their_id).catch(notShown) : undefined;
    if (seen === undefined) {
      await pull();
      await queue.write(row.store_id, silence);
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
        const named = error instanceof Later ? error.afterMs : null;
        wait = Math.min(MOST_PAUSE_MS, named ?? firstPauseMs * 2 ** failures++);
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
        const began = performance.now();
        await pull();
        // A little early, so that sources do not pull in step.
        const early = began + pollSeconds * (0.95 + Math.random() / 20) * 1_000;
        due = Math.max(early, performance.now() + leastSeconds * 1_000);
      }
      return Math.max(1, due - performance.now());
    });
  };
  async function listen(start: NonNullable<ServiceCalls['listen']>): Promise<void> {
    const take = async (orders: readonly TheirOrder[]) => void (await takeOrders(parts, row, orders));
    const ends: (() => Promise<void>)[] = [];
    let isSaid = false;
    await repeat('listen', async () => {
      if (ends.length === 0) ends.push(await noted('listen', () => start(take, createJobStore(row, parts))));
      if (!isSaid) await health.works('listen');
      isSaid = true;
      return null;
    });
    for (const end of ends) await end();
  }
  const running = [
    ...(calls.pull ? [pulls()] : []),
    ...(calls.listen ? [listen(calls.listen)] : []),
    ...(calls.look || calls.pull ? [repeat('look', async () => ((await answerBell()) ? 0 : null))] : []),
    ...(calls.push ? [repeat('say a status', () => pushNext(row, calls, parts))] : []),
  ];

  return {
    calls,
    health,
    wake,
    pull,
    async stop() {
      ending.abort();
      wake();
      await Promise.all(running);
      await last.catch(() => undefined);
    },
  };
}
