/** Why the database refuses what it is asked, whatever that is. Decides who repeats it, and what the caller learns. */
export type DatabaseFault =
  /** Busy, a deadlock, two transactions that do not serialize: nothing was done, and the same may succeed at once. */
  | 'retry'
  /** The commit failed so late that it may be durable all the same: neither done nor not done may be answered. */
  | 'unknown'
  /** Full, read-only, damaged or gone: nothing was done, and only time or a person helps. */
  | 'away';

const MESSAGES: Record<DatabaseFault, string> = {
  retry: 'The database is busy; nothing was changed. Try again.',
  unknown: 'The database failed while it stored this, so it may have been done. Repeat the same request to find out.',
  away: 'The database cannot be used just now; nothing was changed.',
};

/**
 * The database itself fails (see `cause`), not the request. Each driver throws it in place of its own errors. The edges
 * answer 503; the command ledger does not count it as a try.
 */
export class DatabaseUnavailable extends Error {
  readonly code = 'unavailable';
  readonly fault: DatabaseFault;
  constructor(fault: DatabaseFault, cause: unknown, message = MESSAGES[fault]) {
    super(message, { cause });
    this.fault = fault;
  }
}
