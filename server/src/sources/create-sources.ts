import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { SourceKind, SourceLogEntry } from '#contract/source.ts';
import type { Changes } from '#contract/sync.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { escalationsOfTerm } from '../escalation/escalations-of-term.ts';
import type { MakeOnce } from '../idempotency/make-once.ts';
import type { Term } from '../leases/term.ts';
import { createOutboundAgent } from '../outbound/create-outbound-agent.ts';
import type { Log } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { findStore } from '../stores/find-store.ts';
import type { Heard } from './adapter.ts';
import { addSource } from './add-source.ts';
import { adapterFor, checkSecret, checkSettings, ownSettings, refuse } from './check-source.ts';
import { openSource } from './open-source.ts';
import { problemOf } from './problem-of.ts';
import { pullSource } from './pull-source.ts';
import { queuePushes } from './queue-pushes.ts';
import { resolveAll } from './refused-orders.ts';
import type { RunParts } from './run-parts.ts';
import { type RunningSource, runSource } from './run-source.ts';
import { AccessEnded, Later, Refused } from './service-client.ts';
import { forKinds, noTotals, type SourceStates } from './source-counts.ts';
import {
  addEntry,
  countWaiting,
  deleteSource,
  entriesOf,
  findSource,
  findStored,
  followerOf,
  sourceFrom,
  updateSource,
} from './source-rows.ts';
import type { SourceRow } from './source-tables.ts';
import type { Sources } from './sources.ts';
import { takeOrders } from './take-orders.ts';

/** A forged webhook is logged at most once in this time, ms. */
const FORGED_EVERY_MS = 60_000;

export interface SourceParts extends Omit<RunParts, 'confirm' | 'dispatcher' | 'totals'> {
  db: Kysely<Tables>;
  log: Log;
  makeOnce: MakeOnce;
  /** The setting PRIVATE_TARGETS. */
  privateTargets: boolean;
}

export interface SourceService extends Sources {
  /** Begins to pull, to look and to say statuses, as the work of a term. @returns ends it */
  run(term: Term): () => Promise<void>;
  /** Finds sources that were changed. Call it once a second. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export function createSources(given: SourceParts): SourceService {
  const { db, queue, log, escalations, makeOnce, privateTargets, logger, now } = given;
  const dispatcher = createOutboundAgent(privateTargets);
  const totals = noTotals();
  /** Of what every server does when it is asked. */
  const parts: RunParts = { ...given, dispatcher, totals, confirm: async () => undefined };
  let waiting = forKinds(() => 0);
  const running = new Map<
    string,
    { kind: SourceKind; checksum: number; source: RunningSource; unfollow: () => Promise<void> }
  >();
  const forgedAt = new Map<string, number>();
  const closing = new AbortController();
  let term: Term | null = null;
  let looking: Promise<void> = Promise.resolve();

  /** One look after the other. */
  function look(): Promise<void> {
    looking = looking.catch(() => undefined).then(lookOnce);
    return looking;
  }

  async function lookOnce(): Promise<void> {
    const current = term;
    const rows = current ? await db.selectFrom('sources').selectAll().where('enabled', '=', 1).execute() : [];
    const checksums = new Map(rows.map(({ id, checksum }) => [id, checksum]));
    for (const [id, { checksum }] of running) if (checksums.get(id) !== checksum) await end(id);
    for (const row of rows)
      if (current && !running.has(row.id))
        await begin(row, current).catch((error) =>
          logger.warn({ err: error, source: row.id }, 'a source did not start'),
        );
    for (const { source } of running.values()) source.wake();
    waiting = await countWaiting(db);
  }

  function statesOf(kind: SourceKind): SourceStates {
    const sources = [...running.values()].filter((one) => one.kind === kind).map(({ source }) => source);
    const failing = sources.filter(({ health }) => health.isFailing()).length;
    const ages = sources.flatMap(({ calls, health }) => (calls.pull ? (now() - health.pulledAt()) / 1_000 : []));
    return {
      working: sources.length - failing,
      failing,
      waiting: waiting[kind],
      pullAge: Math.max(0, ...ages),
    };
  }

  async function begin({ id, checksum }: SourceRow, current: Term): Promise<void> {
    const row = await findSource(db, id, null);
    const { queue, confirm } = current;
    const ofTerm: RunParts = { ...parts, queue, confirm, escalations: escalationsOfTerm(escalations, current) };
    const source = await runSource(row, ofTerm);
    const reader = {
      ...followerOf(row),
      async handle(batch: Changes) {
        if (await queuePushes(ofTerm, row, batch)) source.wake();
      },
      onReset: async () => undefined,
    };
    const following = source.calls.push ? log.follow(reader, current) : async () => undefined;
    const unfollow = await Promise.resolve(following).catch(async (error) => {
      // It is begun once more, and must not run twice.
      await source.stop();
      throw error;
    });
    running.set(id, { kind: row.kind, checksum, source, unfollow });
  }

  async function end(id: string): Promise<void> {
    const known = running.get(id);
    running.delete(id);
    await known?.unfollow();
    await known?.source.stop();
  }

  const entry = (what: string, outcome: SourceLogEntry['outcome'], detail: string): SourceLogEntry => ({
    at: new Date(now()).toISOString(),
    what,
    externalId: null,
    outcome,
    detail,
  });

  async function logForged(row: SourceRow, why: string): Promise<void> {
    const last = forgedAt.get(row.id) ?? Number.NEGATIVE_INFINITY;
    if (now() - last < FORGED_EVERY_MS) return;
    forgedAt.set(row.id, now());
    await queue.write(row.store_id, (write) => addEntry(write, row.id, entry('webhook', 'refused', why)));
  }

  return {
    async create(storeId, { kind, name, settings: wanted = {}, secret: given, enabled }, base, once) {
      const adapter = adapterFor(kind);
      const settings = checkSettings(adapter, wanted, privateTargets);
      const secret = checkSecret(adapter, given, adapter.makeSecret?.() ?? {});
      const id = uuid();
      const values = {
        id,
        store_id: storeId,
        kind,
        name,
        settings: JSON.stringify(settings),
        secret: JSON.stringify(secret),
        enabled: enabled === false ? 0 : 1,
        account: adapter.account(ownSettings(adapter, settings), id),
        events_url: `${base}/api/v1/hooks/${id}`,
        created_at: new Date(now()).toISOString(),
      };
      const row = await queue.write(storeId, (write) =>
        makeOnce(
          write,
          once,
          async () => ({ id, made: await addSource(write, values) }),
          (first) => findSource(write.tx, first, storeId),
        ),
      );
      void look().catch(() => undefined);
      // One that was made here stays the same.
      return { ...sourceFrom(row), ...(adapter.makeSecret && { secret: JSON.parse(row.secret).secret as string }) };
    },
    async list(storeId) {
      await findStore(db, storeId);
      const rows = await db.selectFrom('sources').select('id').where('store_id', '=', storeId).orderBy('id').execute();
      const found = await Promise.all(rows.map(({ id }) => findSource(db, id, storeId).catch(() => null)));
      return found.flatMap((row) => (row ? sourceFrom(row) : []));
    },
    get: async (id, storeId) => sourceFrom(await findSource(db, id, storeId)),
    async patch(id, { name, settings, secret, enabled }, storeId) {
      const { store_id } = await findSource(db, id, storeId);
      const row = await queue.write(store_id, async (write) => {
        const before = await findSource(write.tx, id, storeId);
        const adapter = adapterFor(before.kind);
        const after = { ...before };
        if (name !== undefined) after.name = name;
        if (enabled !== undefined) after.enabled = enabled ? 1 : 0;
        if (secret !== undefined)
          after.secret = JSON.stringify(checkSecret(adapter, secret, JSON.parse(before.secret)));
        if (settings !== undefined) {
          const checked = checkSettings(adapter, settings, privateTargets);
          after.settings = JSON.stringify(checked);
          after.account = adapter.account(ownSettings(adapter, checked), id);
          if (after.account !== before.account) after.cursor = null;
        }
        if (after.enabled === 0) Object.assign(after, { failing_since: null, problem: null });
        await updateSource(write, after);
        return after;
      });
      if (row.enabled === 0) await resolveAll(db, escalations, row);
      await look();
      return sourceFrom(await findSource(db, id, storeId));
    },
    async remove(id, storeId) {
      const row = await findStored(db, id, storeId);
      await queue.write(row.store_id, (write: Write) => updateSource(write, { ...row, enabled: 0 }));
      await look();
      await escalations.write(queue, row.store_id, async (write, ofWrite) => {
        await deleteSource(write, row);
        await resolveAll(write.tx, ofWrite, row);
      });
    },
    async log(id, storeId) {
      await findSource(db, id, storeId);
      return entriesOf(db, id);
    },
    async pull(id, storeId) {
      const row = await findSource(db, id, storeId);
      if (!adapterFor(row.kind).pollSeconds) return { taken: 0, unchanged: 0, refused: 0 };
      if (row.enabled === 0) throw new ServiceError('conflict', 'This source is switched off: switch it on first.');
      if (!running.has(id)) await look();
      try {
        // Another server may run it: what both take, is taken once.
        const here = running.get(id)?.source;
        return await (here?.pull() ?? pullSource(row, await openSource(parts, row, closing.signal), parts));
      } catch (error) {
        if ([Refused, AccessEnded, Later].some((kind) => error instanceof kind))
          throw new ServiceError('conflict', `${problemOf(row, 'pull', error)}.`);
        throw error;
      }
    },
    async hear(id, heard: Heard) {
      const row = await findSource(db, id, null);
      if (row.enabled === 0) throw new ServiceError('not_found', 'There is no such source.');
      const calls = running.get(id)?.source.calls ?? (await openSource(parts, row, closing.signal));
      if (!calls.hear) throw new ServiceError('not_found', 'This kind of source has no webhook.');
      const hint = calls.hear(heard);
      switch (hint.kind) {
        case 'forged':
          await logForged(row, hint.why);
          throw new ServiceError('unauthorized', hint.why);
        case 'nothing':
          return queue.write(row.store_id, (write) => addEntry(write, id, entry('webhook', 'unchanged', hint.why)));
        case 'look': {
          const ids = hint.ids.length > 0 ? hint.ids : [''];
          const bells = ids.map((their_id) => ({ source_id: id, their_id, rung: uuid() }));
          await queue.write(row.store_id, ({ tx }) =>
            tx
              .insertInto('source_bells')
              .values(bells)
              .onConflict((oc) =>
                oc.columns(['source_id', 'their_id']).doUpdateSet((eb) => ({ rung: eb.ref('excluded.rung') })),
              )
              .execute(),
          );
          running.get(id)?.source.wake();
          return;
        }
        case 'orders': {
          const { refused } = await takeOrders(parts, row, hint.orders);
          if (refused > 0) refuse('order', 'cannot be taken: the log of the source says why');
        }
      }
    },
    totals: () => structuredClone(totals),
    states: () => forKinds(statesOf),
    run(as) {
      term = as;
      return async () => {
        term = null;
        await look();
      };
    },
    look,
    async close() {
      term = null;
      await look().catch(() => undefined);
      closing.abort();
      await dispatcher.destroy();
    },
  };
}
