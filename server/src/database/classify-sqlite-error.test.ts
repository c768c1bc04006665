import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { classifySqliteError } from './classify-sqlite-error.ts';

/** Error code, its class within a transaction, its class at the commit. */
const TABLE = [
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 'invalid', 'invalid'],
  ['SQLITE_CONSTRAINT_FOREIGNKEY', 'invalid', 'invalid'],
  ['SQLITE_ERROR', 'invalid', 'invalid'],
  ['SQLITE_MISMATCH', 'invalid', 'invalid'],
  ['SQLITE_TOOBIG', 'invalid', 'invalid'],
  ['SQLITE_BUSY', 'retry', 'retry'],
  ['SQLITE_BUSY_SNAPSHOT', 'retry', 'retry'],
  ['SQLITE_LOCKED_SHAREDCACHE', 'retry', 'retry'],
  ['SQLITE_PROTOCOL', 'retry', 'retry'],
  ['SQLITE_INTERRUPT', 'retry', 'retry'],
  ['SQLITE_IOERR_WRITE', 'away', 'away'],
  ['SQLITE_IOERR_FSYNC', 'away', 'unknown'],
  ['SQLITE_NOMEM', 'away', 'unknown'],
  ['SQLITE_FULL', 'away', 'away'],
  ['SQLITE_READONLY_DBMOVED', 'away', 'away'],
  ['SQLITE_CORRUPT', 'away', 'away'],
  ['SQLITE_NOTADB', 'away', 'away'],
  ['SQLITE_CANTOPEN', 'away', 'away'],
  ['SQLITE_PERM', 'away', 'away'],
  ['SQLITE_AUTH', 'away', 'away'],
] as const;

it.each(TABLE)('%s is %s within a transaction and %s at its commit', (code, within, atCommit) => {
  const error = new Sqlite.SqliteError('…', code);
  expect(classifySqliteError(error, 'insert into stores values (?)')).toBe(within);
  expect(classifySqliteError(error, 'commit')).toBe(atCommit);
});

it('any other error is invalid', () => {
  expect(classifySqliteError(new TypeError('undefined is not a function'), 'commit')).toBe('invalid');
  expect(classifySqliteError('SQLITE_FULL', 'commit')).toBe('invalid');
});
