import { type Kysely, sql } from 'kysely';
import { foldText } from '#contract/search-text.ts';
import type { Migration } from '../migration.ts';
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
  async up({ db, integer }) {
    await db.schema.alterTable('pairing_codes').dropColumn('wrong_tries').execute();
    await db.schema.alterTable('orders').addColumn('search_key', integer).execute();
    await fillKeys(db as Kysely<Orders>);
    await db.schema.createIndex('orders_by_search_key').on('orders').column('search_key').unique().execute();
    for (const statement of INDEX) await sql.raw(statement).execute(db);
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
 * `detail=none` keeps only which orders have a group of letters, not where, and takes half the space. `secure-delete`
 * removes the letters of a deleted order at once instead of some day.
 */
const INDEX = [
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
