import type { Changes, ResetReason } from '#contract/sync.ts';

/** A reader that must see every change of a store, such as a webhook. Its cursor is in the database. */
export interface LogReader {
  /** The name of its cursor in each store. A new name starts at the head. */
  name: string;
  storeId: string;
  /**
   * The cursor moves after this resolves, so a crash in between delivers the same batch again. A rejected batch is
   * retried with growing pauses; nothing is skipped.
   */
  handle(batch: Changes): Promise<void>;
  /**
   * The log does not continue from the cursor (S2): changes may have been missed or undone. After this resolves, the
   * next batch starts after `head`.
   */
  onReset(reset: { reason: ResetReason; epoch: string; head: number }): Promise<void>;
}

/** A reader of the logs of all stores, such as a message broker. Its cursors are in the database, one for each store. */
export interface AllLogsReader {
  /** The name of its cursors. */
  name: string;
  /** Changes of some stores, each with its order. The cursors move after this resolves; else it is called again. */
  handle(batches: readonly (Changes & { storeId: string })[]): Promise<void>;
  /** A log does not continue from the cursor (S2). What follows may repeat changes, or lack those no longer kept. */
  onReset(storeId: string, reset: { reason: ResetReason; epoch: string; head: number }): Promise<void>;
  /** How many changes of all stores are not handled yet; about once a second. */
  onBehind(changes: number): void;
}

/** Ends it after the current batch. Idempotent. */
export type StopReading = () => Promise<void>;
