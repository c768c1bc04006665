import type { Kysely, Transaction } from 'kysely';
import { BATCH_BYTES, type Position, type ResetReason } from '#contract/sync.ts';
import type { OnDamage } from '../database/damage.ts';
import { hotStatement } from '../database/hot-statement.ts';
import { paddedLists } from '../database/padded-lists.ts';
import { readAtOnce } from '../database/read-at-once.ts';
import type { ChangeRow, StoreLogRow, Tables } from '../database/tables.ts';
import type { LogPlace, LogRead, StartOver } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { type Batch, createBatch, type OrdersOf } from './batch.ts';
import { entryFromRow, isWholeChange } from './change-rows.ts';
import type { RecentChanges } from './recent-changes.ts';

/** Bytes of a batch besides its changes. */
const AROUND_BYTES = 1024;
/** Changes read from the database at a time; a batch may be full long before its limit. */
const ROWS = 50;

export interface LogSources {
  db: Kysely<Tables>;
  recent: RecentChanges;
  onDamage: OnDamage;
}

/**
 * Rule S2, then the batch after `position`: the head from the database, the changes from memory if cached. The log does
 * not reach back beyond a damaged change: a batch ends before it, and a display that stands there gets `too_old`.
 */
export async function readLog(
  { db, recent, onDamage }: LogSources,
  storeId: string,
  position: Position,
  limit: number,
  maxBytes = BATCH_BYTES,
  orders: OrdersOf = 'last',
): Promise<LogRead> {
  const batch = createBatch(limit, maxBytes - AROUND_BYTES, orders);
  const log = await readLogRow(db, storeId);
  const entries = position.epoch === log.epoch ? recent.after(storeId, position) : null;
  for (const entry of entries ?? []) if (!batch.add(entry)) break;
  if (entries || isAtHead(log, position)) return delta(log, position, batch);
  return readAtOnce(db).execute((tx) => readStored(tx, storeId, position, batch, onDamage));
}

const isAtHead = (log: StoreLogRow, { epoch, cursor, hash }: Position): boolean =>
  epoch === log.epoch && cursor === log.head && hash === log.head_hash;

/** Rule S2 for a follower that keeps a `seq` but no hash. Without `since`: the end of the log. Refuses with `not_found`. */
export async function locate(
  db: Kysely<Tables>,
  storeId: string,
  since: { epoch: string; seq: number } | null,
): Promise<LogPlace | StartOver> {
  return readAtOnce(db).execute(async (tx) => {
    const log = await readLogRow(tx, storeId);
    const { epoch, seq: cursor } = since ?? { epoch: log.epoch, seq: log.head };
    const position = { epoch, cursor, hash: await storedHash(tx, log, cursor) };
    const reason = resetReason(log, position, position.hash);
    if (reason) return { mode: 'snapshot', reason, epoch: log.epoch, head: log.head };
    return { mode: 'delta', position, head: log.head };
  });
}

/** The head of a store's log: one indexed read, since any process may have moved it. Refuses with `not_found`. */
export async function readLogRow(db: Kysely<Tables>, storeId: string): Promise<StoreLogRow> {
  const [log] = await logOf(db, { storeId });
  if (!log) throw new ServiceError('not_found', 'There is no such store.');
  return log;
}

const logOf = hotStatement((db, { storeId }: { storeId: string }) =>
  db.selectFrom('store_logs').selectAll().where('store_id', '=', storeId),
);

/** The heads of these stores' logs; without those that do not exist. */
export async function readHeads(
  db: Kysely<Tables>,
  storeIds: readonly string[],
): Promise<Map<string, { epoch: string; head: number }>> {
  const heads = new Map<string, { epoch: string; head: number }>();
  for (const list of paddedLists(storeIds)) {
    const logs = db.selectFrom('store_logs').select(['store_id', 'epoch', 'head']).where('store_id', 'in', list);
    for (const { store_id, epoch, head } of await logs.execute()) heads.set(store_id, { epoch, head });
  }
  return heads;
}

/** The rows of at most `limit` changes of a store after the seq `after`, in order, unchecked. */
export function changesAfter(db: Kysely<Tables>, storeId: string, after: number, limit: number): Promise<ChangeRow[]> {
  return db
    .selectFrom('changes')
    .selectAll()
    .where('store_id', '=', storeId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

async function readStored(
  tx: Transaction<Tables>,
  storeId: string,
  position: Position,
  batch: Batch,
  onDamage: OnDamage,
): Promise<LogRead> {
  const log = await readLogRow(tx, storeId);
  const { epoch, head } = log;
  const reason = resetReason(log, position, await storedHash(tx, log, position.cursor));
  if (reason) return { mode: 'snapshot', reason, epoch, head };
  let after = position.cursor;
  let damaged = false;
  for (let open = after < head; open; ) {
    const rows = await changesAfter(tx, storeId, after, ROWS);
    let full = false;
    // Checks only what is sent: a batch may be full after one large order.
    const unreadable = rows.findIndex((row, i) => {
      if (row.seq !== after + i + 1 || !isWholeChange(row)) return true;
      full = !batch.add(entryFromRow(row, epoch));
      return full;
    });
    const readable = unreadable < 0 ? rows.length : unreadable;
    after += readable;
    damaged = !full && readable < ROWS && after < head;
    open = !full && !damaged && after < head;
  }
  if (damaged) onDamage({ row: 'change', outcome: 'left_out', storeId, seq: after + 1 });
  if (damaged && !batch.last()) return { mode: 'snapshot', reason: 'too_old', epoch, head };
  return delta(log, position, batch);
}

/** The log's hash at `seq`, if the log still has it. */
async function storedHash(tx: Transaction<Tables>, log: StoreLogRow, seq: number): Promise<string | null> {
  if (seq === log.head) return log.head_hash;
  if (seq === log.min_seq - 1) return log.floor_hash;
  const row = await tx
    .selectFrom('changes')
    .select('hash')
    .where('store_id', '=', log.store_id)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row?.hash ?? null;
}

/** The first reason, in the order of rule S2, why a display's position is not in this log. */
function resetReason(log: StoreLogRow, position: Position, hashAtCursor: string | null): ResetReason | null {
  if (position.epoch !== log.epoch) return 'epoch';
  if (position.cursor > log.head) return 'future';
  if (position.cursor < log.min_seq - 1) return 'too_old';
  return position.hash === hashAtCursor ? null : 'hash';
}

function delta(log: StoreLogRow, { cursor, hash }: Position, batch: Batch): LogRead {
  const last = batch.last();
  const to = last?.change.seq ?? cursor;
  return {
    mode: 'delta',
    epoch: log.epoch,
    from: cursor,
    to,
    hash: last?.hash ?? hash,
    // The newest changes may have been committed after the head was read.
    head: Math.max(log.head, to),
    changes: batch.changes(),
  };
}
