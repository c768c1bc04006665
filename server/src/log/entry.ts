import type { Change } from '#contract/sync.ts';

/** One change of a store's log with everything needed to serve it without the database. */
export interface LogEntry {
  storeId: string;
  /** Epoch of the change's log. */
  epoch: string;
  /** With its `order` (null when deleted). Never edited: displays share it. */
  change: Change;
  /** The rolling hash at this change. */
  hash: string;
  /** Bytes of the change as JSON, with and without its `order`. */
  bytes: number;
  bareBytes: number;
}

/** @param body JSON of the change's `order`; null when deleted */
export function logEntry(
  { storeId, epoch }: { storeId: string; epoch: string },
  change: Change,
  hash: string,
  body: string | null,
): LogEntry {
  const bareBytes = Buffer.byteLength(JSON.stringify(withoutOrder(change)));
  const bytes = bareBytes + Buffer.byteLength(`,"order":${body}`);
  return { storeId, epoch, change, hash, bytes, bareBytes };
}

/** The change without its order, for a batch in which a later change carries it. */
export function withoutOrder(change: Change): Change {
  const { order: _, ...bare } = change;
  return bare;
}
