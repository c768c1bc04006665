import type { Kysely } from 'kysely';
import { type Dialect, type Migration, schemaFor } from './migration.ts';

interface MigrationsTable {
  migrations: { number: number; name: string; at: string };
}

export interface MigrateOptions {
  dialect: Dialect;
  migrations: readonly Migration[];
  now: number;
  /** Called once, before the first migration of a database that is not empty. */
  backUp(nextNumber: number): Promise<void>;
}

/**
 * Runs the missing migrations, each in its own transaction (Kysely's migrator uses none for SQLite). Throws if a newer
 * version wrote the database.
 *
 * @returns the numbers of the migrations it ran
 */
export async function migrate(database: Kysely<never>, options: MigrateOptions): Promise<number[]> {
  const db = database as unknown as Kysely<MigrationsTable>;
  await db.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('number', 'integer', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  const done = new Set((await db.selectFrom('migrations').select('number').execute()).map((row) => row.number));
  const known = new Set(options.migrations.map((m) => m.number));
  const unknown = [...done].filter((number) => !known.has(number));
  if (unknown.length > 0)
    throw new Error(
      `the database was written by a newer version of this program (it has migration ${Math.max(...unknown)}): ` +
        'use that version, or go back to a backup made before it',
    );

  const open = options.migrations.filter((m) => !done.has(m.number));
  const [first] = open;
  if (first && done.size > 0) await options.backUp(first.number);
  for (const migration of open) {
    await db.transaction().execute(async (tx) => {
      await migration.up(schemaFor(tx as unknown as Kysely<unknown>, options.dialect));
      await tx
        .insertInto('migrations')
        .values({ number: migration.number, name: migration.name, at: new Date(options.now).toISOString() })
        .execute();
    });
  }
  return open.map((m) => m.number);
}
