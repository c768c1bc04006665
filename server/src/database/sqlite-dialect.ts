import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely';
import { DatabaseUnavailable } from './database-unavailable.ts';

/** Statement texts kept at most; there are far fewer unless somebody builds texts out of values. */
const KEPT = 500;

/**
 * Kysely's SQLite dialect, with three things of ours: compiled statements are kept; trouble is told apart from wrong
 * queries, as `DatabaseUnavailable`; and a transaction that may write takes its lock at once, since one that asks for it
 * later is refused instead of waiting its turn.
 */
export function sqliteDialect(sqlite: Sqlite.Database, onTrouble: (error: unknown) => void): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => locksAtOnce(new SqliteDriver({ database: statements(sqlite, onTrouble) })),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function locksAtOnce(driver: Driver): Driver {
  driver.beginTransaction = async (connection: DatabaseConnection, { accessMode }: TransactionSettings) => {
    await connection.executeQuery(CompiledQuery.raw(accessMode === 'read only' ? 'begin' : 'begin immediate'));
  };
  return driver;
}

function statements(sqlite: Sqlite.Database, onTrouble: (error: unknown) => void): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();

  function troubled<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      if (!isTrouble(error)) throw error;
      onTrouble(error);
      throw new DatabaseUnavailable(error);
    }
  }

  function prepare(text: string): SqliteStatement {
    const statement = troubled(() => sqlite.prepare<unknown[]>(text));
    // In trouble SQLite rolls back by itself; to be told so by the rollback that follows would hide what happened.
    const done = () => text === 'rollback' && !sqlite.inTransaction;
    return {
      reader: statement.reader,
      all: (parameters) => troubled(() => statement.all(parameters)),
      run: (parameters) => (done() ? NOTHING : troubled(() => statement.run(parameters))),
      iterate: (parameters) => statement.iterate(...parameters),
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
const TROUBLE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|NOMEM|PROTOCOL|PERM|AUTH|INTERRUPT)/;

export function isTrouble(error: unknown): error is InstanceType<typeof Sqlite.SqliteError> {
  return error instanceof Sqlite.SqliteError && TROUBLE.test(error.code);
}
