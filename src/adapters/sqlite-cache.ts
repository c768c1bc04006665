import type Database from 'better-sqlite3';
import type { Order } from '#contract/order.ts';
import { isOpen } from '#contract/status.ts';
import type { Position } from '#contract/sync.ts';
import type { CacheStore } from '#core/stores.ts';
import type { Repair } from './checked-tables.ts';
import { createRowScan } from './row-scan.ts';
import { sqliteFigures } from './sqlite-figures.ts';
import { sqliteHistory } from './sqlite-history.ts';
import { sqliteSearch } from './sqlite-search.ts';
import { faultsOf } from './storage-fault.ts';
import { storedJson } from './stored-json.ts';
import { verifyFiles } from './verify-files.ts';

interface Body {
  body: string;
}
/** Not validated again: orders pass the contract's schema before they are written, and every row has a checksum. */
const orderOf = (row: Body): Order => storedJson(row.body) as Order;

/** The server sends orders again once the position is forgotten. */
export const repairCache: Repair = (table, { only }) =>
  table === 'position' ? { only, epoch: null, cursor: 0, hash: null } : null;

/** The cache over an open database of `CACHE_MIGRATIONS`. */
export function sqliteCache(db: Database.Database): CacheStore {
  const position = db.prepare<[], Position>('SELECT epoch, cursor, hash FROM position');
  const setPosition = db.prepare(
    `UPDATE position SET epoch = :epoch, cursor = :cursor, hash = :hash, checksum = row_checksum(:epoch, :cursor, :hash)`,
  );
  const get = db.prepare<[string], Body>('SELECT body FROM orders WHERE id = ?');
  const put = db.prepare(
    `INSERT INTO orders (id, open, status_since, updated_at, version, body, checksum)
     VALUES (:id, :open, :statusSince, :updatedAt, :version, :body,
       row_checksum(:id, :open, :statusSince, :updatedAt, :version, :body))
     ON CONFLICT (id) DO UPDATE SET open = excluded.open, status_since = excluded.status_since,
       updated_at = excluded.updated_at, version = excluded.version, body = excluded.body, checksum = excluded.checksum`,
  );
  const remove = db.prepare('DELETE FROM orders WHERE id = ?');
  const clear = db.prepare('DELETE FROM orders');
  const seen = db.prepare<[string], Body>('SELECT body FROM seen WHERE order_id = ?');
  const keepSeen = db.prepare(
    `INSERT INTO seen (order_id, body, checksum) VALUES (:id, :body, row_checksum(:id, :body))
     ON CONFLICT (order_id) DO UPDATE SET body = excluded.body, checksum = excluded.checksum`,
  );
  const forgetSeen = db.prepare('DELETE FROM seen WHERE order_id = ?');
  const closedUnseen = db.prepare<[], Body>(
    'SELECT orders.body FROM seen JOIN orders ON orders.id = seen.order_id WHERE orders.open = 0',
  );
  const open = db.prepare<[], Body>('SELECT body FROM orders WHERE open = 1');
  const closed = db.prepare<[string, number], Body>(
    'SELECT body FROM orders WHERE open = 0 AND status_since >= ? ORDER BY status_since DESC LIMIT ?',
  );
  const versions = db.prepare<[], { id: string; version: number }>('SELECT id, version FROM orders');
  const openVersions = db.prepare<[], { id: string; version: number }>(
    'SELECT id, version FROM orders WHERE open = 1 ORDER BY id',
  );
  const forget = db.prepare('DELETE FROM orders WHERE open = 0 AND updated_at < ?');
  const note = db.prepare<[string], { value: string }>('SELECT value FROM notes WHERE key = ?');
  const setNote = db.prepare(
    `INSERT INTO notes (key, value, checksum) VALUES (:key, :value, row_checksum(:key, :value))
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, checksum = excluded.checksum`,
  );
  const run = <T>(action: () => T): T => faultsOf('cache', action);
  const checkFile = verifyFiles(db);
  const scan = createRowScan(db, repairCache, () => {});
  const write = <T>(action: () => T): T =>
    run(() => {
      if (!db.inTransaction) checkFile();
      return action();
    });
  const transaction = <T>(action: () => T): T =>
    write(() => (db.inTransaction ? action() : db.transaction(action).immediate()));

  const { keep: keepWords, search } = sqliteSearch(db, run);

  return {
    ...sqliteFigures(db, run),
    ...sqliteHistory(db, run, write),
    search,
    transaction,
    checkFile,
    mendNextRows: () => run(scan),
    close: () => db.close(),
    position: () => run(() => position.get() ?? { epoch: null, cursor: 0, hash: null }),
    setPosition: (to) => write(() => void setPosition.run({ ...to })),
    get: (id) =>
      run(() => {
        const row = get.get(id);
        return row && orderOf(row);
      }),
    put: (order) =>
      write(() => {
        const { id, statusSince, updatedAt, version } = order;
        const open = isOpen(order.status) ? 1 : 0;
        put.run({ id, open, statusSince, updatedAt, version, body: JSON.stringify(order) });
        keepWords(order);
      }),
    remove: (id) => write(() => void remove.run(id)),
    clear: () => write(() => void clear.run()),
    seen: (id) =>
      run(() => {
        const row = seen.get(id);
        return row && orderOf(row);
      }),
    keepSeen: (order) => write(() => void keepSeen.run({ id: order.id, body: JSON.stringify(order) })),
    forgetSeen: (id) => write(() => void forgetSeen.run(id)),
    closedUnseen: () => run(() => closedUnseen.all().map(orderOf)),
    open: () => run(() => open.all().map(orderOf)),
    closedSince: (since, limit) => run(() => closed.all(since, limit).map(orderOf)),
    versions: () => run(() => versions.all()),
    openVersions: () => run(() => openVersions.all()),
    forgetClosedBefore: (updatedAt) => write(() => forget.run(updatedAt).changes),
    note: (key) =>
      run(() => {
        const row = note.get(key);
        return row ? storedJson(row.value) : null;
      }),
    setNote: (key, value) => write(() => void setNote.run({ key, value: JSON.stringify(value) })),
  };
}
