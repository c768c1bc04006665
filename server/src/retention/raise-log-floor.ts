import { withChecksum } from '../database/checked-rows.ts';
import type { Write } from '../database/write-queue.ts';
import type { RetentionLimits } from './limits.ts';

/**
 * Moves the start of a store's log forward by at most one block, past changes that exceed both limits, age and number.
 * They stay as history. A display whose cursor is below the new start gets `too_old` (S2). The hash of the change just
 * below it is kept for displays at exactly that cursor.
 *
 * @param before ISO; changes since then stay in the log
 * @returns by how many changes
 */
export async function raiseLogFloor(
  { tx, logs }: Write,
  storeId: string,
  before: string,
  { logChanges, block }: RetentionLimits,
): Promise<number> {
  const log = await tx.selectFrom('store_logs').selectAll().where('store_id', '=', storeId).executeTakeFirstOrThrow();
  const end = Math.min(log.head - logChanges + 1, log.min_seq + block);
  if (end <= log.min_seq) return 0;
  const changes = tx.selectFrom('changes').where('store_id', '=', storeId);
  const young = await changes
    .select('seq')
    .where('seq', '>=', log.min_seq)
    .where('seq', '<', end)
    .where('at', '>=', before)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  const floor = young?.seq ?? end;
  if (floor === log.min_seq) return 0;
  const below = await changes
    .select('hash')
    .where('seq', '=', floor - 1)
    .executeTakeFirstOrThrow();
  const start = { min_seq: floor, floor_hash: below.hash };
  const raised = withChecksum('store_logs', { ...log, ...start });
  const { checksum } = raised;
  await tx
    .updateTable('store_logs')
    .set({ ...start, checksum })
    .where('store_id', '=', storeId)
    .execute();
  logs.set(storeId, raised);
  return floor - log.min_seq;
}
