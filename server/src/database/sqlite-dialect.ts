import type Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely';
import { classifySqliteError } from './classify-sqlite-error.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';
import type { Tables } from './tables.ts';

/** Most statements kept; there are far fewer unless values are built into their text. */
const KEPT = 500;

/**
 * Kysely's SQLite dialect with three additions: it keeps compiled statements; it throws `DatabaseUnavailable` when the
 * database fails and not the query; a write transaction takes its lock at once, because SQLite would refuse a later
 * request for it instead of waiting.
 */
export function sqliteDialect(sqlite: Sqlite.Database, onFault: (error: unknown) => void): Dialect {
  const database = statements(sqlite, onFault);
  const adapter = new SqliteAdapter();
  directRuns.set(adapter, (text, parameters) => {
    const statement = database.prepare(text);
    if (statement.reader) return statement.all(parameters);
    statement.run(parameters);
    return [];
  });
  return {
    createAdapter: () => adapter,
    createDriver: () => locksAtOnce(new SqliteDriver({ database })),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

type DirectRun = (text: string, parameters: readonly unknown[]) => unknown[];
const directRuns = new WeakMap<object, DirectRun>();

/**
 * Runs a compiled statement; resolves to the rows. Within a transaction on SQLite it goes past Kysely's queue for the connection, which
 * the transaction holds: waiting there takes longer than the statement.
 */
export async function runCompiled<Row>(db: Kysely<Tables>, query: CompiledQuery<Row>): Promise<Row[]> {
  const run = db.isTransaction ? directRuns.get(db.getExecutor().adapter) : undefined;
  return run ? (run(query.sql, query.parameters) as Row[]) : (await db.executeQuery(query)).rows;
}

function locksAtOnce(driver: Driver): Driver {
  driver.beginTransaction = async (connection: DatabaseConnection, { accessMode }: TransactionSettings) => {
    await connection.executeQuery(CompiledQuery.raw(accessMode === 'read only' ? 'begin' : 'begin immediate'));
  };
  return driver;
}

function statements(sqlite: Sqlite.Database, onFault: (error: unknown) => void): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();

  function run<T>(text: string, step: () => T): T {
    try {
      return step();
    } catch (error) {
      return fail(text, error);
    }
  }

  function fail(text: string, error: unknown): never {
    const found = classifySqliteError(error, text);
    if (found === 'invalid') throw error;
    onFault(error);
    throw new DatabaseUnavailable(found, error);
  }

  function* iterate(text: string, rows: () => IterableIterator<unknown>): IterableIterator<unknown> {
    try {
      yield* rows();
    } catch (error) {
      fail(text, error);
    }
  }

  function prepare(text: string): SqliteStatement {
    const statement = run(text, () => sqlite.prepare<unknown[]>(text));
    // After a failure SQLite rolls back by itself; the error of a second rollback would hide the first one.
    const isRolledBack = () => text === 'rollback' && !sqlite.inTransaction;
    return {
      reader: statement.reader,
      all: (parameters) => run(text, () => statement.all(parameters)),
      run: (parameters) => (isRolledBack() ? NOTHING : run(text, () => statement.run(parameters))),
      iterate: (parameters) => iterate(text, () => statement.iterate(...parameters)),
    };
  }

  return {
    close: () => void sqlite.close(),
    prepare(text) {
      const known = kept.get(text);
      if (known) return known;
      if (kept.size >= KEPT) kept.clear();
      const statement = prepare(text);
      kept.set(text, statement);
      return statement;
    },
  };
}

const NOTHING = { changes: 0, lastInsertRowid: 0 };
