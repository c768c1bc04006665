import { sql } from 'kysely';
import type { Dialect, Migration } from '../migration.ts';

/**
 * Which orders are not yet in the search index. Adding an order to it took a third of the time of its transaction; many at once
 * cost less. What leaves the index still does so at once.
 */
export const searchLater: Migration = {
  number: 22,
  name: 'search later',
  // Its searches miss orders of the last second, or until a newer program runs.
  worksWith: 21,
  async up({ db, dialect, table, integer }) {
    await table('order_search_waiting')
      .addColumn('search_key', integer, (c) => c.primaryKey())
      .execute();
    for (const statement of STATEMENTS[dialect]) await sql.raw(statement).execute(db);
  },
};

const text = (row: string): string => `'<<' || ${row}.store_id || '>>' || char(10) || ${row}.search`;
const isWaiting = (row: string): string =>
  `exists (select 1 from order_search_waiting where order_search_waiting.search_key = ${row}.search_key)`;
const add = (row: string): string => `insert or ignore into order_search_waiting values (${row}.search_key)`;
const remove = `insert into order_search (order_search, rowid, text)
  select 'delete', old.search_key, ${text('old')} where not ${isWaiting('old')}`;

const SQLITE = [
  'drop trigger order_search_insert',
  'drop trigger order_search_delete',
  'drop trigger order_search_update',
  // What the index is built from, and must equal.
  'drop view order_texts',
  `create view order_texts as select search_key, ${text('orders')} as text from orders where not ${isWaiting('orders')}`,
  `create trigger order_search_insert after insert on orders when new.search_key is not null begin ${add('new')}; end`,
  `create trigger order_search_delete after delete on orders when old.search_key is not null begin
    ${remove}; delete from order_search_waiting where search_key = old.search_key; end`,
  `create trigger order_search_update after update of search on orders
    when old.search is not new.search and old.search_key is not null begin ${remove}; ${add('new')}; end`,
];

/**
 * `do update` locks the row of an order that waits already, so that nobody puts its old text into the index meanwhile. Each
 * deletion waits for who does that.
 */
const POSTGRES = [
  `create or replace function index_order() returns trigger language plpgsql as $$ begin
    if tg_op = 'DELETE' then
      delete from order_search_waiting where search_key = old.search_key;
      delete from order_search where search_key = old.search_key;
      return null;
    end if;
    if new.search_key is null or (tg_op = 'UPDATE' and new.search is not distinct from old.search) then return null; end if;
    insert into order_search_waiting values (new.search_key)
      on conflict (search_key) do update set search_key = excluded.search_key;
    if tg_op = 'UPDATE' then delete from order_search where search_key = new.search_key; end if;
    return null;
  end $$`,
];

const STATEMENTS: Record<Dialect, readonly string[]> = { sqlite: SQLITE, postgres: POSTGRES };
