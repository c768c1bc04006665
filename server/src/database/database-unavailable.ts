import { ServiceError } from '../service.ts';

/**
 * The database itself is in trouble (full, busy, damaged; see `cause`), not that a query was wrong: whatever was asked,
 * nothing was changed, and the same may succeed later. Each driver throws it in place of its own errors.
 */
export class DatabaseUnavailable extends ServiceError {
  constructor(cause: unknown) {
    super('unavailable', 'The database cannot be used just now; nothing was changed.');
    this.cause = cause;
  }
}
