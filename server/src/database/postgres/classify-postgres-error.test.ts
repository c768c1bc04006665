import { DatabaseError } from 'pg';
import { expect, it } from 'vitest';
import { classifyPostgresError, endsSession } from './classify-postgres-error.ts';

/** SQLSTATE, its class within a transaction, its class at the commit, whether the session is over. */
const TABLE = [
  ['23505', 'invalid', 'invalid', false],
  ['22021', 'invalid', 'unknown', false],
  ['42P01', 'invalid', 'unknown', false],
  ['25P02', 'invalid', 'unknown', false],
  ['40001', 'retry', 'retry', false],
  ['40P01', 'retry', 'retry', false],
  ['40003', 'retry', 'unknown', false],
  ['55P03', 'retry', 'unknown', false],
  ['57014', 'retry', 'unknown', false],
  ['57P01', 'retry', 'unknown', true],
  ['25P03', 'retry', 'retry', true],
  ['25006', 'retry', 'unknown', true],
  ['57P02', 'away', 'unknown', true],
  ['57P03', 'away', 'unknown', true],
  ['08006', 'away', 'unknown', true],
  ['28P01', 'away', 'unknown', false],
  ['3D000', 'away', 'unknown', false],
  ['53100', 'away', 'unknown', false],
  ['53300', 'away', 'unknown', false],
  ['58030', 'away', 'unknown', true],
  ['XX001', 'away', 'unknown', true],
] as const;

const withCode = (code: string, message = '…') =>
  Object.assign(new DatabaseError(message, message.length, 'error'), { code });

it.each(TABLE)('%s is %s within a transaction and %s at its commit', (code, within, atCommit, isOver) => {
  const error = withCode(code);
  expect(classifyPostgresError(error, 'insert into stores values ($1)')).toBe(within);
  expect(classifyPostgresError(error, 'commit')).toBe(atCommit);
  expect(endsSession(error)).toBe(isOver);
});

it('a lost connection may be retried, but not at the commit; one that cannot be made is away', () => {
  const lost = new Error('Connection terminated unexpectedly');
  expect(classifyPostgresError(lost, 'select 1')).toBe('retry');
  expect(classifyPostgresError(lost, 'commit')).toBe('unknown');
  expect(classifyPostgresError(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), '')).toBe('away');
  expect(endsSession(lost)).toBe(true);
});

it('a statement that was prepared before a migration may be retried in another session', () => {
  const outdated = withCode('0A000', 'cached plan must not change result type');
  expect(classifyPostgresError(outdated, 'select * from stores')).toBe('retry');
  expect(endsSession(outdated)).toBe(true);
  expect(classifyPostgresError(withCode('0A000'), 'select * from stores')).toBe('invalid');
});

it('a mistake of ours is invalid', () => {
  expect(classifyPostgresError(new TypeError('undefined is not a function'), 'commit')).toBe('invalid');
});
