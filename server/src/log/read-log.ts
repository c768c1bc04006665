import type { Kysely, Transaction } from 'kysely';
import { BATCH_BYTES, type Position, type ResetReason } from '#contract/sync.ts';
import { readAtOnce } from '../database/read-at-once.ts';
import type { Tables } from '../database/tables.ts';
import { type LogRead, ServiceError } from '../service.ts';
import { type Batch, createBatch } from './batch.ts';
import { entryFromRow } from './change-rows.ts';
import { logOf, type RecentChanges, type Tail } from './recent-changes.ts';

/** Room in a batch for what stands around its changes. */
const AROUND_BYTES = 1024;
/** Changes read from the database at a time: a batch may be full long before its limit. */
const ROWS = 50;

type LogState = Omit<Tail, 'entries'>;

/** Rule S2, and the batch after `position`. From memory when the position is among the recent changes. */
export async function readLog(
  db: Kysely<Tables>,
  recent: RecentChanges,
  storeId: string,
  position: Position,
  limit: number,
  maxBytes = BATCH_BYTES,
): Promise<LogRead> {
  const tail = await recent.tailOf(storeId);
  const { cursor } = position;
  const first = tail.entries[0]?.change.seq ?? tail.head + 1;
  if (cursor === tail.head || cursor >= first) {
    const at = tail.entries[cursor - first];
    const reason = resetReason(tail, position, cursor === tail.head ? tail.headHash : (at?.hash ?? null));
    if (reason) return startOver(tail, reason);
    const batch = createBatch(limit, maxBytes - AROUND_BYTES);
    for (let i = cursor - first + 1; i < tail.entries.length; i++) {
      const entry = tail.entries[i];
      if (!entry || !batch.add(entry)) break;
    }
    return delta(tail, position, batch);
  }
  return readAtOnce(db).execute((tx) => readStored(tx, storeId, position, limit, maxBytes));
}

async function readStored(
  tx: Transaction<Tables>,
  storeId: string,
  position: Position,
  limit: number,
  maxBytes: number,
): Promise<LogRead> {
  const row = await tx.selectFrom('store_logs').selectAll().where('store_id', '=', storeId).executeTakeFirst();
  if (!row) throw new ServiceError('not_found', 'There is no such store.');
  const log = logOf(row);
  const { cursor } = position;
  const reason = resetReason(log, position, await storedHash(tx, storeId, log, cursor));
  if (reason) return startOver(log, reason);
  const batch = createBatch(limit, maxBytes - AROUND_BYTES);
  let after = cursor;
  let open = true;
  while (open) {
    const rows = await tx
      .selectFrom('changes')
      .selectAll()
      .where('store_id', '=', storeId)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(ROWS)
      .execute();
    open = rows.every((change) => batch.add(entryFromRow(change))) && rows.length === ROWS;
    after += ROWS;
  }
  return delta(log, position, batch);
}

async function storedHash(tx: Transaction<Tables>, storeId: string, log: LogState, seq: number) {
  if (seq === log.minSeq - 1) return log.floorHash;
  const row = await tx
    .selectFrom('changes')
    .select('hash')
    .where('store_id', '=', storeId)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row?.hash ?? null;
}

/**
 * The first reason, in the order of rule S2, why what a display has is not a piece of this log.
 *
 * @param hashAtCursor the server's, where the log still has it
 */
export function resetReason(log: LogState, position: Position, hashAtCursor: string | null): ResetReason | null {
  if (position.epoch !== log.epoch) return 'epoch';
  if (position.cursor > log.head) return 'future';
  if (position.cursor < log.minSeq - 1) return 'too_old';
  return position.hash === hashAtCursor ? null : 'hash';
}

const startOver = ({ epoch, head }: LogState, reason: ResetReason): LogRead => ({
  mode: 'snapshot',
  reason,
  epoch,
  head,
});

function delta(log: LogState, { cursor, hash }: Position, batch: Batch): LogRead {
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
