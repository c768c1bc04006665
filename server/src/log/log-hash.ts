import { hash } from 'node:crypto';

/** What one change adds to the rolling hash. */
export interface HashedChange {
  seq: number;
  eventId: string;
  orderId: string;
  version: number;
  /** JSON of the order after it; null when deleted. */
  body: string | null;
}

/**
 * The rolling hash of a store's log up to a change (S1; sync.md 3.2): the first 8 bytes, hex, of SHA-256 over the hash
 * before it and the change. Displays store it and echo it; nobody else computes it.
 *
 * @param before the hash at `seq - 1`; null at the start of the log
 */
export function logHash(before: string | null, change: HashedChange): string {
  const { seq, eventId, orderId, version, body } = change;
  return hash('sha256', JSON.stringify([before, seq, eventId, orderId, version, body])).slice(0, 16);
}
