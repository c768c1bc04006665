import { DatabaseError } from 'pg';
import type { DatabaseErrorClass } from '../classify-sqlite-error.ts';

/**
 * SQLSTATEs (PostgreSQL's Appendix A) of which nothing was done and a retry may succeed at once: serialization failures and
 * deadlocks; a lock or statement that took too long; a session that the server ended; a server that became a standby.
 */
const RETRY = /^(40...|55P03|57014|57P01|57P05|25P03|25006)$/;
/** The connection, missing resources, a server that starts or stops, failing disks, damage, missing rights. */
const AWAY = /^(08|28|3D|53|57P|58|F0|XX|42501)/;
/** A COMMIT that failed with these was certainly undone. 40003 says that its outcome is unknown. */
const UNDONE = /^(40(?!003)|25P03)/;
/** Constraints that are checked at the end. */
const BROKEN_RULE = /^23/;

/** A statement was prepared before a newer node migrated its table. */
export const isOutdated = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === '0A000' && error.message.startsWith('cached plan');

/** The session is over, or must not be used again: another one may reach another server. */
export const endsSession = (error: unknown): boolean =>
  error instanceof DatabaseError
    ? isOutdated(error) || /^(08|57P|25P03|25006|58|F0|XX)/.test(error.code ?? '')
    : !isMistake(error);

/** @param statement the text of the statement that failed; empty: no connection was made */
export function classifyPostgresError(error: unknown, statement: string): DatabaseErrorClass {
  const code = error instanceof DatabaseError ? (error.code ?? '') : null;
  // The driver's errors without a code are a lost connection, or no answer in time, unless a parameter was wrong.
  if (code === null && isMistake(error)) return 'invalid';
  if (statement === 'commit') return atCommit(code ?? '');
  if (code === null) return statement === '' ? 'away' : 'retry';
  if (RETRY.test(code) || isOutdated(error)) return 'retry';
  return AWAY.test(code) ? 'away' : 'invalid';
}

const isMistake = (error: unknown): boolean => error instanceof TypeError || error instanceof RangeError;

function atCommit(code: string): DatabaseErrorClass {
  if (BROKEN_RULE.test(code)) return 'invalid';
  return UNDONE.test(code) ? 'retry' : 'unknown';
}
