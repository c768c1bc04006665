import type Database from 'better-sqlite3';
import type { Order } from '#contract/order.ts';
import { searchText } from '#contract/search-text.ts';
import type { SearchStore } from '#core/stores.ts';
import { storedJson } from './stored-json.ts';

interface Search extends SearchStore {
  /** Call it in the transaction that writes the order. */
  keep(order: Order): void;
}
interface Body {
  body: string;
}
/** Sorts after every order. */
const NEWEST = { createdAt: '9999-12-31T23:59:59.999Z', id: '\uffff' };
const orderOf = ({ body }: Body): Order => storedJson(body) as Order;

/**
 * The search texts in an open database of `CACHE_MIGRATIONS`. SQLite cannot fold text as the search needs it, so each order's
 * folded text is stored with it, and deleted with it by the foreign key. `run` turns errors into a `StorageError`.
 */
export function sqliteSearch(db: Database.Database, run: <T>(action: () => T) => T): Search {
  const put = db.prepare(
    `INSERT OR REPLACE INTO order_words (created_at, id, words, checksum)
     VALUES (:createdAt, :id, :words, row_checksum(:createdAt, :id, :words))`,
  );
  const unindexed = db.prepare<[], Body>('SELECT body FROM orders WHERE id NOT IN (SELECT id FROM order_words)');
  const find = db.prepare<[Record<string, unknown>], Body>(
    `SELECT body FROM order_words JOIN orders USING (id)
     WHERE (created_at, id) < (:createdAt, :id)
       AND EXISTS (SELECT 1 FROM json_each(:texts) WHERE instr(words, value) > 0)
     ORDER BY created_at DESC, id DESC LIMIT :limit`,
  );
  const keep = (order: Order): void =>
    void put.run({ createdAt: order.createdAt, id: order.id, words: searchText(order) });

  // Once after an update: orders that an earlier version wrote.
  run(() => db.transaction(() => unindexed.all().map(orderOf).forEach(keep))());

  return {
    keep,
    search: ({ texts, before, limit }) =>
      run(() => {
        const { createdAt, id } = before ?? NEWEST;
        return find.all({ createdAt, id, texts: JSON.stringify(texts), limit }).map(orderOf);
      }),
  };
}
