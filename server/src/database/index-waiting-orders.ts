import { type Kysely, sql } from 'kysely';
import { dialectOf } from './dialect-of.ts';
import type { Tables } from './tables.ts';

/**
 * Puts orders that wait for it into the search index, the oldest first. Until then a search reads them one by one.
 *
 * @returns how many were waiting, at most `limit`
 */
export const indexWaitingOrders = (tx: Kysely<Tables>, limit: number): Promise<number> =>
  dialectOf(tx) === 'sqlite' ? onSqlite(tx, limit) : onPostgres(tx, limit);

async function onSqlite(tx: Kysely<Tables>, limit: number): Promise<number> {
  const next = sql`select search_key from order_search_waiting order by search_key limit ${limit}`;
  await sql`insert into order_search (rowid, text)
    select search_key, '<<' || store_id || '>>' || char(10) || search from orders where search_key in (${next})`.execute(
    tx,
  );
  const { numAffectedRows } = await sql`delete from order_search_waiting where search_key in (${next})`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** What another node, or the change of an order, has locked stays for the next time. */
async function onPostgres(tx: Kysely<Tables>, limit: number): Promise<number> {
  const { rows } = await sql<{ key: string }>`delete from order_search_waiting where search_key in (
    select search_key from order_search_waiting order by search_key limit ${limit} for update skip locked)
    returning search_key::text as key`.execute(tx);
  // Another statement, so that it sees what was committed before the locks were taken.
  await sql`insert into order_search (search_key, groups)
    select search_key, order_groups(search) from orders where search_key = any(${rows.map(({ key }) => key)}::bigint[])
    on conflict (search_key) do update set groups = excluded.groups`.execute(tx);
  return rows.length;
}
