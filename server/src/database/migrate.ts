import { type Kysely, sql, type Transaction } from 'kysely';
import { type Dialect, type Migration, schemaFor } from './migration.ts';

interface MigrationsTable {
  /** `works_with`: as of {@link Migration}; null: no older program. */
  migrations: { number: number; name: string; at: string; works_with: number | null };
}

export interface MigrateOptions {
  dialect: Dialect;
  migrations: readonly Migration[];
  now: number;
  /** Called first in each transaction: keeps others from migrating the same database at the same time. */
  lock?(tx: Transaction<unknown>): Promise<void>;
  /**
   * Called in each transaction that migrates. Throws if a program uses the database whose newest migration is older than this
   * number.
   */
  checkOthers?(tx: Transaction<unknown>, number: number): Promise<void>;
  /** Called once, before the first migration of a database that is not empty. */
  backUp(nextNumber: number): Promise<void>;
}

/**
 * Runs the missing migrations, each in its own transaction (Kysely's migrator uses none for SQLite). Throws if a newer
 * version wrote the database, unless its migrations say that this one works with it.
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
  const rows = await locked(async (tx) => {
    await createTable(tx);
    return tx.selectFrom('migrations').selectAll().execute();
  });
  const done = new Set(rows.map(({ number }) => number));
  const known = new Set(options.migrations.map((m) => m.number));
  const newest = Math.max(0, ...known);
  const tooNew = rows.filter((row) => !known.has(row.number) && (row.works_with ?? Number.POSITIVE_INFINITY) > newest);
  if (tooNew.length > 0)
    throw new Error(
      `the database was written by a newer version of this program (it has migration ${Math.max(...tooNew.map((row) => row.number))}): ` +
        'use that version, or go back to a backup made before it',
    );

  const open = options.migrations.filter((m) => !done.has(m.number));
  const [first] = open;
  if (first && done.size > 0) await options.backUp(first.number);
  const ran: number[] = [];
  for (const migration of open) {
    await locked(async (tx) => {
      if (rows.some((row) => row.works_with === undefined)) await addWorksWith(tx, options.dialect);
      // Another process may have run it since.
      const { number, name, worksWith } = migration;
      if (await tx.selectFrom('migrations').select('number').where('number', '=', number).executeTakeFirst()) return;
      await options.checkOthers?.(tx as unknown as Transaction<unknown>, worksWith ?? number);
      await migration.up(schemaFor(tx as unknown as Kysely<unknown>, options.dialect));
      await tx
        .insertInto('migrations')
        .values({ number, name, at: new Date(options.now).toISOString(), works_with: worksWith ?? null })
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
    .addColumn('works_with', 'integer')
    .execute();
}

/** The table of a program from before migration 21 has no such column. */
async function addWorksWith(db: Kysely<MigrationsTable>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') await sql`alter table migrations add column if not exists works_with integer`.execute(db);
  else {
    const { rows } = await sql`select 1 from pragma_table_info('migrations') where name = 'works_with'`.execute(db);
    if (rows.length === 0) await sql`alter table migrations add column works_with integer`.execute(db);
  }
}
