import type { ExpressionBuilder, Kysely } from 'kysely';
import { doubled, wholeRow } from '../database/checked-rows.ts';
import type { Tables } from '../database/tables.ts';
import type { SourceMarkRow, SourceRow } from './source-tables.ts';

type Account = Pick<SourceRow, 'store_id' | 'kind' | 'account'>;
type Marks = ExpressionBuilder<Tables, 'source_marks'>;

/** What is known of an order of a source (ADR 43). */
export type MarkValues = Pick<SourceMarkRow, 'order_id' | 'mark' | 'content' | 'their_status' | 'agreed'>;

/** Of an order whose mark was damaged, or that another program sent: what the source says next of it counts. */
export const unknownMark = (order_id: string): MarkValues => ({
  order_id,
  mark: 0,
  content: '',
  their_status: '',
  agreed: null,
});

/** The condition that finds the marks of an account; with `id`, the one of an order. */
const ofAccount =
  ({ store_id, kind, account }: Account, id?: string) =>
  (eb: Marks) =>
    eb.and({ store_id, kind, account, ...(id !== undefined && { their_id: id }) });

/** One that is damaged in both copies is not known. */
const whole = (rows: readonly SourceMarkRow[]): SourceMarkRow[] =>
  rows.flatMap((row) => wholeRow('source_marks', row) ?? []);

/** @param id theirs */
export async function findMark(db: Kysely<Tables>, source: Account, id: string): Promise<SourceMarkRow | undefined> {
  return whole(await db.selectFrom('source_marks').selectAll().where(ofAccount(source, id)).execute())[0];
}

/** @param orderIds ours */
export async function marksOfOrders(
  db: Kysely<Tables>,
  source: Account,
  orderIds: readonly string[],
): Promise<SourceMarkRow[]> {
  const ofOrders = db.selectFrom('source_marks').selectAll().where('order_id', 'in', orderIds);
  return whole(await ofOrders.where(ofAccount(source)).execute());
}

/** The marks of orders with this id in all accounts of the store. */
export async function marksInAccounts(
  db: Kysely<Tables>,
  { store_id, kind }: Account,
  their_id: string,
): Promise<SourceMarkRow[]> {
  const ofAccounts = db.selectFrom('source_marks').selectAll();
  return whole(await ofAccounts.where((eb) => eb.and({ store_id, kind, their_id })).execute());
}

/** @param id theirs */
export async function saveMark(
  db: Kysely<Tables>,
  { store_id, kind, account }: Account,
  id: string,
  { order_id, mark, content, their_status, agreed }: MarkValues,
): Promise<void> {
  const key = { store_id, kind, account, their_id: id };
  const row = doubled('source_marks', { ...key, order_id, mark, content, their_status, agreed });
  await db
    .insertInto('source_marks')
    .values(row)
    .onConflict((oc) => oc.columns(['store_id', 'kind', 'account', 'their_id']).doUpdateSet(row))
    .execute();
}
