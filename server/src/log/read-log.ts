import type { Kysely, Transaction } from 'kysely';
import { BATCH_BYTES, type Position, type ResetReason } from '#contract/sync.ts';
import { readAtOnce } from '../database/read-at-once.ts';
import type { StoreLogRow, Tables } from '../database/tables.ts';
import { type LogRead, ServiceError } from '../service.ts';
import { type Batch, createBatch } from './batch.ts';
import { entryFromRow } from './change-rows.ts';
import type { RecentChanges } from './recent-changes.ts';

/** Room in a batch for what stands around its changes. */
const AROUND_BYTES = 1024;
/** Changes read from the database at a time: a batch may be full long before its limit. */
const ROWS = 50;

/** Rule S2, and the batch after `position`: from memory where that has something, else from the database. */
export async function readLog(
  db: Kysely<Tables>,
  recent: RecentChanges,
  storeId: string,
  position: Position,
  limit: number,
  maxBytes = BATCH_BYTES,
): Promise<LogRead> {
  const batch = createBatch(limit, maxBytes - AROUND_BYTES);
  const entries = recent.after(storeId, position);
  const last = entries?.at(-1);
  if (!entries || !last) return readAtOnce(db).execute((tx) => readStored(tx, storeId, position, batch));
  for (const entry of entries) if (!batch.add(entry)) break;
  return delta({ epoch: last.epoch, head: last.change.seq }, position, batch);
}

async function readStored(
  tx: Transaction<Tables>,
  storeId: string,
  position: Position,
  batch: Batch,
): Promise<LogRead> {
  const log = await tx.selectFrom('store_logs').selectAll().where('store_id', '=', storeId).executeTakeFirst();
  if (!log) throw new ServiceError('not_found', 'There is no such store.');
  const { epoch, head } = log;
  const reason = resetReason(log, position, await storedHash(tx, log, position.cursor));
  if (reason) return { mode: 'snapshot', reason, epoch, head };
  let after = position.cursor;
  let open = after < head;
  while (open) {
    const rows = await tx
      .selectFrom('changes')
      .selectAll()
      .where('store_id', '=', storeId)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(ROWS)
      .execute();
    open = rows.every((row) => batch.add(entryFromRow(row, epoch))) && rows.length === ROWS;
    after += ROWS;
  }
  return delta(log, position, batch);
}

/** The log's hash at `seq`, where the log still has it. */
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

/** The first reason, in the order of rule S2, why what a display has is not a piece of this log. */
function resetReason(log: StoreLogRow, position: Position, hashAtCursor: string | null): ResetReason | null {
  if (position.epoch !== log.epoch) return 'epoch';
  if (position.cursor > log.head) return 'future';
  if (position.cursor < log.min_seq - 1) return 'too_old';
  return position.hash === hashAtCursor ? null : 'hash';
}

function delta(log: { epoch: string; head: number }, { cursor, hash }: Position, batch: Batch): LogRead {
  const last = batch.last();
  return {
    mode: 'delta',
    epoch: log.epoch,
    from: cursor,
    to: last?.change.seq ?? cursor,
    hash: last?.hash ?? hash,
    head: log.head,
    changes: batch.changes(),
  };
}
