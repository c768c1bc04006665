import type { Kysely } from 'kysely';
import type { Change } from '#contract/sync.ts';
import type { OnDamage } from '../database/damage.ts';
import type { Tables } from '../database/tables.ts';
import { changeFromRow, isWholeChange } from '../log/change-rows.ts';
import { ServiceError } from '../service-error.ts';

/** Changes in a page; each may have 160 KiB. */
const PAGE = 10;

/**
 * The next page of an order's history, without damaged changes; empty after the last one. Refuses with `not_found`.
 *
 * @param storeId null: in any store
 */
export async function readHistory(
  { db, onDamage }: { db: Kysely<Tables>; onDamage: OnDamage },
  storeId: string | null,
  id: string,
  after: number,
): Promise<Change[]> {
  for (let from = after; ; ) {
    let query = db.selectFrom('changes').selectAll().where('order_id', '=', id).where('seq', '>', from);
    if (storeId !== null) query = query.where('store_id', '=', storeId);
    const rows = await query.orderBy('seq').limit(PAGE).execute();
    if (rows.length === 0 && from === 0) throw new ServiceError('not_found', 'There is no such order.');
    const whole = rows.filter(isWholeChange);
    for (const row of rows)
      if (!whole.includes(row)) onDamage({ row: 'change', outcome: 'left_out', storeId: row.store_id, seq: row.seq });
    if (whole.length > 0 || rows.length < PAGE) return whole.map(changeFromRow);
    from = rows.at(-1)?.seq ?? from;
  }
}
