import type { Kysely, Transaction } from 'kysely';
import { type Dialect, type Migration, schemaFor } from './migration.ts';

interface MigrationsTable {
  migrations: { number: number; name: string; at: string };
}

export interface MigrateOptions {
  dialect: Dialect;
  migrations: readonly Migration[];
  now: number;
  /** Called first in each transaction: keeps others from migrating the same database at the same time. */
  lock?(tx: Transaction<unknown>): Promise<void>;
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
  const locked = <T>(job: (tx: Transaction<MigrationsTable>) => Promise<T>) =>
    db.transaction().execute(async (tx) => {
      await options.lock?.(tx as unknown as Transaction<unknown>);
      return job(tx);
    });
  const done = await locked(async (tx) => {
    await createTable(tx);
    return new Set((await tx.selectFrom('migrations').select('number').execute()).map((row) => row.number));
  });
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
  const ran: number[] = [];
  for (const migration of open) {
    await locked(async (tx) => {
      // Another process may have run it since.
      const { number } = migration;
      if (await tx.selectFrom('migrations').select('number').where('number', '=', number).executeTakeFirst()) return;
      await migration.up(schemaFor(tx as unknown as Kysely<unknown>, options.dialect));
      await tx
        .insertInto('migrations')
        .values({ number, name: migration.name, at: new Date(options.now).toISOString() })
        .execute();
      ran.push(number);
    });
  }
  return ran;
}

async function createTable(db: Kysely<MigrationsTable>): Promise<void> {
  await db.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('number', 'integer', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
}
