import type { Kysely } from 'kysely';
import type { Tables } from '#server/database/tables.ts';
import { changesAfter } from '#server/log/read-log.ts';
import { logHash } from '#server/log/record-change.ts';

const SLICE = 200;

/**
 * Computes the rolling hash of each store's log again (S1).
 *
 * @throws DamagedLog if one does not lead to the hash of its head
 */
export async function checkLogs(db: Kysely<Tables>): Promise<void> {
  for (const log of await db.selectFrom('store_logs').selectAll().execute()) {
    let [seq, hash] = [log.min_seq - 1, log.floor_hash];
    for (let more = seq < log.head; more; ) {
      const rows = await changesAfter(db, log.store_id, seq, SLICE);
      for (const row of rows) {
        if (row.seq !== seq + 1 || logHash(hash, row) !== row.hash) throw damaged(log.store_id, seq + 1);
        [seq, hash] = [row.seq, row.hash];
      }
      more = rows.length === SLICE;
    }
    if (seq !== log.head || hash !== log.head_hash) throw damaged(log.store_id, seq + 1);
  }
}

export class DamagedLog extends Error {}

const damaged = (storeId: string, seq: number): DamagedLog =>
  new DamagedLog(
    `the log of the store ${storeId} is damaged at its change ${seq}; npm run check says more about a file`,
  );
