import type { Kysely } from 'kysely';
import type { OnDamage } from '../database/damage.ts';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import type { Hints } from '../hints/hints.ts';
import { soleTerm } from '../leases/term.ts';
import type { Mending } from '../orders/create-mending.ts';
import type { Log } from '../service.ts';
import { readDigest } from './digest.ts';
import type { LogEntry } from './entry.ts';
import { followDurably } from './follow/durable-follower.ts';
import { followAll } from './follow/follow-all.ts';
import { locate, readHeads, readLog, readLogRow } from './read-log.ts';
import type { RecentChanges } from './recent-changes.ts';
import { createSharedSnapshots } from './shared-snapshots.ts';

export interface LogParts {
  db: Kysely<Tables>;
  longReads: Kysely<Tables>;
  queue: WriteQueue;
  recent: RecentChanges;
  hints: Hints;
  mending: Mending;
  onDamage: OnDamage;
  log: { warn(details: object, message: string): void };
  now(): number;
}

export interface LogService {
  log: Log;
  /** Caches the changes of one transaction, in order and of any stores, then hints at the heads. */
  committed(entries: readonly LogEntry[]): void;
  close(): void;
}

export function createLogService(parts: LogParts): LogService {
  const { db, longReads, queue, recent, hints, mending, onDamage, log: logger, now } = parts;
  const snapshots = createSharedSnapshots({ db, longReads, mending, now });
  const sources = { db, recent, onDamage };
  const log: Log = {
    async head(storeId) {
      const { epoch, head, head_hash: hash } = await readLogRow(db, storeId);
      return { epoch, head, hash };
    },
    heads: (storeIds) => readHeads(db, storeIds),
    read: (storeId, position, limit, maxBytes) => readLog(sources, storeId, position, limit, maxBytes),
    readWhole: (storeId, position, limit) => readLog(sources, storeId, position, limit, undefined, 'every'),
    locate: (storeId, since) => locate(db, storeId, since),
    snapshot: snapshots.of,
    digest: (storeId) => readDigest(db, storeId),
    follow: (reader, term = soleTerm(queue)) => followDurably({ db, term, hints, log, logger }, reader),
    followAll: (reader, term = soleTerm(queue)) => followAll({ db, term, hints, log, logger }, reader),
  };
  return {
    log,
    close: snapshots.close,
    committed(entries) {
      const stores = Map.groupBy(entries, (entry) => entry.storeId);
      for (const [storeId, changes] of stores) recent.append(storeId, changes);
      for (const [storeId, changes] of stores)
        hints.say({ kind: 'head', storeId, head: changes.at(-1)?.change.seq ?? 0 });
    },
  };
}
