import Database from 'better-sqlite3';
import { StorageError } from '#core/ports.ts';
import { addRowChecksum } from '#sqlite/row-checksum.ts';
import { schemaOf } from '#sqlite/schema-of.ts';

/**
 * Compares the schema of a migrated database with that of an empty one. A damaged schema can be valid, with a condition on other
 * values or a column of another name, and would show only at the first write or query that meets it.
 *
 * @throws StorageError `corrupt` if they differ
 */
export function checkSchema(db: Database.Database, migrations: readonly string[]): void {
  const empty = new Database(':memory:');
  try {
    addRowChecksum(empty);
    for (const sql of migrations) empty.exec(sql);
    if (schemaOf(db) !== schemaOf(empty)) throw new StorageError('corrupt', `${db.name}: its schema is damaged`);
  } finally {
    empty.close();
  }
}
