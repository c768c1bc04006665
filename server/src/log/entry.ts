import type { Change } from '#contract/sync.ts';

/** One change of a store's log with what is needed to serve it without asking the database again. */
export interface LogEntry {
  storeId: string;
  /** Of the log that the change belongs to. */
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

/** The change as it stands in a batch whose later change of the same order carries the order. */
export function withoutOrder(change: Change): Change {
  const { order: _, ...bare } = change;
  return bare;
}
