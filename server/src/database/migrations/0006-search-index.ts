import { type Kysely, sql } from 'kysely';
import { foldText } from '#contract/search-text.ts';
import type { Dialect, Migration } from '../migration.ts';
import { firstSearchKey } from '../search-key.ts';

type Orders = { orders: { id: string; created_at: string; search: string; search_key: bigint } };

/** Rows of a batch: all texts at once would not fit into memory. */
const BATCH = 5_000;

/**
 * An index of the texts of orders by their groups of three letters, which triggers keep up to date. Folds texts of
 * before, which kept their accents. Wrong pairing codes are no longer counted here.
 */
export const searchIndex: Migration = {
  number: 6,
  name: 'search index',
  async up({ db, integer, dialect }) {
    await db.schema.alterTable('pairing_codes').dropColumn('wrong_tries').execute();
    await db.schema.alterTable('orders').addColumn('search_key', integer).execute();
    await fillKeys(db as Kysely<Orders>);
    await db.schema.createIndex('orders_by_search_key').on('orders').column('search_key').unique().execute();
    for (const statement of INDEX[dialect]) await sql.raw(statement).execute(db);
  },
};

async function fillKeys(db: Kysely<Orders>): Promise<void> {
  let last = { id: '', created_at: '', key: -1n };
  for (let size = BATCH; size === BATCH; ) {
    const rows = await db
      .selectFrom('orders')
      .select(['id', 'created_at', 'search'])
      .where((eb) => eb(eb.refTuple('created_at', 'id'), '>', eb.tuple(last.created_at, last.id)))
      .orderBy('created_at')
      .orderBy('id')
      .limit(BATCH)
      .execute();
    for (const { id, created_at, search } of rows) {
      const first = firstSearchKey(created_at);
      const key = first > last.key ? first : last.key + 1n;
      const folded = foldText(search);
      const text = folded === search ? {} : { search: folded };
      await db
        .updateTable('orders')
        .set({ search_key: key, ...text })
        .where('id', '=', id)
        .execute();
      last = { id, created_at, key };
    }
    size = rows.length;
  }
}

const text = (row: string): string => `'<<' || ${row}.store_id || '>>' || char(10) || ${row}.search`;
const add = `insert into order_search (rowid, text) values (new.search_key, ${text('new')})`;
const remove = `insert into order_search (order_search, rowid, text) values ('delete', old.search_key, ${text('old')})`;

/**
 * SQLite: `detail=none` keeps only which orders have a group of letters, not where, and takes half the space. `secure-delete`
 * removes the letters of a deleted order at once instead of some day.
 */
const SQLITE = [
  `create view order_texts as select search_key, ${text('orders')} as text from orders`,
  `create virtual table order_search using fts5(text, content='order_texts', content_rowid='search_key',
    tokenize='trigram case_sensitive 1', detail=none, columnsize=0)`,
  `insert into order_search (order_search) values ('rebuild')`,
  `insert into order_search (order_search, rank) values ('secure-delete', 1)`,
  `create trigger order_search_insert after insert on orders when new.search_key is not null begin ${add}; end`,
  `create trigger order_search_delete after delete on orders when old.search_key is not null begin ${remove}; end`,
  `create trigger order_search_update after update of search on orders
    when old.search is not new.search and old.search_key is not null begin ${remove}; ${add}; end`,
];

/**
 * PostgreSQL: the groups of each order in a row beside it, which a change of another column does not touch, under an
 * inverted index. `pg_trgm` would need an extension, and indexes the letters of one locale only.
 */
const POSTGRES = [
  `create sequence search_keys`,
  `create table order_search (search_key bigint primary key, groups text[] collate "C" not null)`,
  `create index order_search_by_group on order_search using gin (groups)`,
  `create function order_groups(text) returns text[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct letters.group_of), '{}') from (
      select letter || lead(letter, 1) over (order by place) || lead(letter, 2) over (order by place) as group_of
      from string_to_table($1, null) with ordinality as all_letters (letter, place)
    ) as letters where letters.group_of is not null $$`,
  `create function index_order() returns trigger language plpgsql as $$ begin
    if tg_op = 'DELETE' then
      delete from order_search where search_key = old.search_key;
      return null;
    end if;
    if new.search_key is null or (tg_op = 'UPDATE' and new.search is not distinct from old.search) then return null; end if;
    insert into order_search (search_key, groups) values (new.search_key, order_groups(new.search))
      on conflict (search_key) do update set groups = excluded.groups;
    return null;
  end $$`,
  `create trigger order_search_change after insert or delete or update of search on orders
    for each row execute function index_order()`,
];

const INDEX: Record<Dialect, readonly string[]> = { sqlite: SQLITE, postgres: POSTGRES };
