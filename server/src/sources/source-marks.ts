import type { ExpressionBuilder, Kysely } from 'kysely';
import type { SourceMarkRow, SourceRow, Tables } from '../database/tables.ts';

type Account = Pick<SourceRow, 'store_id' | 'kind' | 'account'>;
type Marks = ExpressionBuilder<Tables, 'source_marks'>;

/** What is known of an order of a source (ADR 43). */
export type MarkValues = Pick<SourceMarkRow, 'order_id' | 'mark' | 'content' | 'their_status' | 'agreed'>;

/** The condition that finds the marks of an account; with `id`, the one of an order. */
const ofAccount =
  ({ store_id, kind, account }: Account, id?: string) =>
  (eb: Marks) =>
    eb.and({ store_id, kind, account, ...(id !== undefined && { their_id: id }) });

/** @param id theirs */
export const findMark = (db: Kysely<Tables>, source: Account, id: string): Promise<SourceMarkRow | undefined> =>
  db.selectFrom('source_marks').selectAll().where(ofAccount(source, id)).executeTakeFirst();

/** @param orderIds ours */
export const marksOfOrders = (
  db: Kysely<Tables>,
  source: Account,
  orderIds: readonly string[],
): Promise<SourceMarkRow[]> =>
  db.selectFrom('source_marks').selectAll().where('order_id', 'in', orderIds).where(ofAccount(source)).execute();

/** The marks of orders with this id in all accounts of the store. */
export const marksInAccounts = (
  db: Kysely<Tables>,
  { store_id, kind }: Account,
  their_id: string,
): Promise<SourceMarkRow[]> =>
  db
    .selectFrom('source_marks')
    .selectAll()
    .where((eb) => eb.and({ store_id, kind, their_id }))
    .execute();

/** @param id theirs */
export async function saveMark(
  db: Kysely<Tables>,
  { store_id, kind, account }: Account,
  id: string,
  { order_id, mark, content, their_status, agreed }: MarkValues,
): Promise<void> {
  const values = { order_id, mark, content, their_status, agreed };
  await db
    .insertInto('source_marks')
    .values({ store_id, kind, account, their_id: id, ...values })
    .onConflict((oc) => oc.columns(['store_id', 'kind', 'account', 'their_id']).doUpdateSet(values))
    .execute();
}
