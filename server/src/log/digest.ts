import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { openDigest } from '#contract/open-digest.ts';
import { readAtOnce } from '../database/read-at-once.ts';
import type { Tables } from '../database/tables.ts';
import { OPEN_STATUSES } from '../orders/open-statuses.ts';
import { readLogRow } from './read-log.ts';

/** Rule S6: the digest of a store's open orders, valid at `head`. Refuses with `not_found`. */
export async function readDigest(
  db: Kysely<Tables>,
  storeId: string,
): Promise<{ epoch: string; head: number; digest: string }> {
  return readAtOnce(db).execute(async (tx) => {
    const { epoch, head } = await readLogRow(tx, storeId);
    const rows = await tx
      .selectFrom('orders')
      .select(['id', 'version'])
      .where('store_id', '=', storeId)
      .where('status', 'in', OPEN_STATUSES)
      .execute();
    return { epoch, head, digest: openDigest(byIdBytes(rows), (text) => hash('sha256', text)) };
  });
}

function byIdBytes<T extends { id: string }>(rows: readonly T[]): T[] {
  const keyed = rows.map((row) => ({ row, bytes: Buffer.from(row.id) }));
  return keyed.sort((a, b) => Buffer.compare(a.bytes, b.bytes)).map(({ row }) => row);
}
