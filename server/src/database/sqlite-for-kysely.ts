import Sqlite from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { DatabaseTrouble } from './trouble.ts';

/** Statement texts kept at most; there are far fewer unless somebody builds texts out of values. */
const KEPT = 500;

/** What Kysely is given as its database: compiled statements are kept, and trouble is told apart from wrong queries. */
export function sqliteForKysely(sqlite: Sqlite.Database, onTrouble: (error: unknown) => void): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();

  function troubled<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      if (!isTrouble(error)) throw error;
      onTrouble(error);
      throw new DatabaseTrouble(error);
    }
  }

  function prepare(text: string): SqliteStatement {
    const statement = troubled(() => sqlite.prepare<unknown[]>(text));
    return {
      reader: statement.reader,
      all: (parameters) => troubled(() => statement.all(parameters)),
      run: (parameters) => troubled(() => statement.run(parameters)),
      iterate: (parameters) => statement.iterate(parameters),
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

const TROUBLE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|NOMEM|PROTOCOL|PERM|AUTH|INTERRUPT)/;

export function isTrouble(error: unknown): error is InstanceType<typeof Sqlite.SqliteError> {
  return error instanceof Sqlite.SqliteError && TROUBLE.test(error.code);
}
