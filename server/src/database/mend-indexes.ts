import Sqlite from 'better-sqlite3';
import { firstDamage, rebuildIndexes } from '#sqlite/first-damage.ts';
import { firstSearchKey, searchKeyAfter } from './search-key.ts';

/**
 * Builds the indexes again if that mends what SQLite finds when it reads the whole file (1 to 2 s for 170 MB).
 *
 * @returns what it found; null: all was well
 * @throws `SQLITE_CORRUPT` with what it found, and changes nothing, if that mends it not
 */
export function mendIndexes(sqlite: Sqlite.Database): string | null {
  const found = firstDamage(sqlite);
  if (found === null) return null;
  const corrupt = new Sqlite.SqliteError(found, 'SQLITE_CORRUPT');
  try {
    sqlite.transaction(() => {
      mendSearchKeys(sqlite);
      rebuildIndexes(sqlite);
      if (firstDamage(sqlite) !== null) throw corrupt;
    })();
    return found;
  } catch (error) {
    // Damage can make rows equal that an index keeps apart.
    const isRepeated = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT');
    throw isRepeated ? corrupt : error;
  }
}

interface KeyedRow {
  rowid: bigint;
  created_at: string;
  search_key: bigint | null;
}

/**
 * Gives an order another search key if its key is not of the time when it was created, or another order has it too: no
 * checksum covers the keys, and an index of keys that repeat cannot be built. Reads the whole table, and none of its indexes.
 */
export function mendSearchKeys(sqlite: Sqlite.Database): void {
  const index = sqlite.prepare("SELECT sql FROM sqlite_schema WHERE name = 'orders_by_search_key'").pluck().get();
  // A database from before there were such keys.
  if (index === undefined) return;
  const rows = sqlite
    .prepare<[], KeyedRow>('SELECT rowid, created_at, search_key FROM orders NOT INDEXED WHERE search_key IS NOT NULL')
    .safeIntegers()
    .iterate();
  const taken = new Set<bigint | null>();
  const wrong: KeyedRow[] = [];
  for (const row of rows) {
    const { created_at, search_key: key } = row;
    const isOfItsTime = key !== null && key >= firstSearchKey(created_at) && key < searchKeyAfter(created_at);
    if (isOfItsTime && !taken.has(key)) taken.add(key);
    else wrong.push(row);
  }
  if (wrong.length === 0) return;
  sqlite.exec('DROP INDEX orders_by_search_key');
  const set = sqlite.prepare('UPDATE orders NOT INDEXED SET search_key = ? WHERE rowid = ?');
  for (const { rowid, created_at } of wrong) {
    let key = firstSearchKey(created_at);
    while (taken.has(key)) key++;
    taken.add(key);
    set.run(key, rowid);
  }
  sqlite.exec(String(index));
}
