/** Why the database fails, regardless of the request. Decides who retries and what the caller is answered. */
export type DatabaseFault =
  /** Busy, a deadlock, a serialization failure: nothing was done, and a retry may succeed at once. */
  | 'retry'
  /** The commit failed so late that it may be durable: the answer must be neither done nor not done. */
  | 'unknown'
  /** Full, read-only, damaged or missing: nothing was done, and only time or an operator helps. */
  | 'away';

const MESSAGES: Record<DatabaseFault, string> = {
  retry: 'The database is busy; nothing was changed. Try again.',
  unknown: 'The database failed while it stored this, so it may have been done. Repeat the same request to find out.',
  away: 'The database cannot be used just now; nothing was changed.',
};

/**
 * The database fails (see `cause`), not the request. Each driver throws it in place of the library's errors. The edges answer
 * 503; the command ledger does not count it as a try.
 */
export class DatabaseUnavailable extends Error {
  readonly code = 'unavailable';
  readonly fault: DatabaseFault;
  constructor(fault: DatabaseFault, cause: unknown, message = MESSAGES[fault]) {
    super(message, { cause });
    this.fault = fault;
  }
}
