import { damagedRows, doubled, isWhole, wholeRow } from '../database/checked-rows.ts';
import type { OnDamage } from '../database/damage.ts';
import type { Write } from '../database/write-queue.ts';
import { unknownMark } from '../sources/source-marks.ts';
import type { SourceMarkRow } from '../sources/source-tables.ts';

/**
 * Restores damaged marks of sources' orders from their second copies. One of which both are damaged begins again, if the
 * external ids confirm whose it is; else it is forgotten. Either way what the source says next of the order counts (ADR 57).
 */
export async function mendMarks(write: Write, onDamage: OnDamage): Promise<void> {
  const { tx } = write;
  for (const row of await damagedRows(tx, 'source_marks')) {
    const mended = wholeRow('source_marks', row) ?? (await begunAgain(write, row));
    const { store_id, kind, account, their_id } = row;
    await tx
      .deleteFrom('source_marks')
      .where((eb) => eb.and({ store_id, kind, account, their_id }))
      .execute();
    // Its key may be what was damaged, and a newer row have taken that since.
    if (mended)
      await tx
        .insertInto('source_marks')
        .values(doubled('source_marks', mended))
        .onConflict((oc) => oc.doNothing())
        .execute();
    const { store_id: storeId, their_id: key } = mended ?? row;
    onDamage({ row: 'source mark', outcome: mended ? 'rebuilt' : 'left_out', storeId, key });
  }
}

/** null: it is not certain whose it is. */
async function begunAgain({ tx }: Write, row: SourceMarkRow): Promise<SourceMarkRow | null> {
  const { store_id, kind, account, their_id, order_id } = row;
  const name = `${kind}:${their_id}`;
  const ids = await tx
    .selectFrom('external_ids')
    .selectAll()
    .where('store_id', '=', store_id)
    .where('external_id', 'in', [name, `${name}@${account}`])
    .execute();
  const isSure = ids.some((id) => id.order_id === order_id && isWhole('external_ids', id));
  return isSure ? { ...row, ...unknownMark(order_id) } : null;
}
