import type { Change } from '#contract/sync.ts';

/** One change of a store's log with what is needed to serve it without asking the database again. */
export interface LogEntry {
  storeId: string;
  /** With its `order` (null when deleted). Never edited: displays share it. */
  change: Change;
  /** The rolling hash at this change. */
  hash: string;
  /** Bytes of the change as JSON, with and without its `order`. */
  bytes: number;
  bareBytes: number;
}

export function logEntry(storeId: string, change: Change, hash: string): LogEntry {
  const bareBytes = size(withoutOrder(change));
  const bytes = bareBytes + size(change.order ?? null) + ',"order":'.length;
  return { storeId, change, hash, bytes, bareBytes };
}

/** The change as it stands in a batch whose later change of the same order carries the order. */
export function withoutOrder(change: Change): Change {
  const { order: _, ...bare } = change;
  return bare;
}

const size = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
