import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { ReceiptBook } from './receipts.ts';

/** Restores, after a start, the cursor that each display had when it was last seen. */
export async function rememberDisplays(db: Kysely<Tables>, receipts: Pick<ReceiptBook, 'remember'>): Promise<void> {
  const displays = await db
    .selectFrom('devices')
    .select(['id', 'name', 'store_id as storeId', 'cursor'])
    .where('role', '=', 'display')
    .where('token_hash', 'is not', null)
    .execute();
  for (const { cursor, ...display } of displays) receipts.remember(display, cursor);
}
