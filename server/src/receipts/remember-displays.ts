import type { Kysely } from 'kysely';
import { wholeRow } from '../database/checked-rows.ts';
import type { Tables } from '../database/tables.ts';
import type { ReceiptBook } from './receipts.ts';

/** Restores, after a start, the cursor that each display had when it was last seen. */
export async function rememberDisplays(db: Kysely<Tables>, receipts: Pick<ReceiptBook, 'remember'>): Promise<void> {
  const displays = await db
    .selectFrom('devices')
    .selectAll()
    .where('role', '=', 'display')
    .where('token_hash', 'is not', null)
    .execute();
  for (const row of displays) {
    const display = wholeRow('devices', row);
    if (display) receipts.remember({ id: display.id, name: display.name, storeId: display.store_id }, display.cursor);
  }
}
