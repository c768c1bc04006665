import type { Changes, ResetReason } from '#contract/sync.ts';

/** Something that must see every change of a store, such as a webhook, and whose cursor is kept in the database. */
export interface LogReader {
  /** Its cursor is kept under this name, for each store. A new name begins at the head. */
  name: string;
  storeId: string;
  /**
   * The cursor moves after this has resolved, so a crash between the two brings the same batch again. What rejects is
   * tried again with growing pauses; nothing is skipped.
   */
  handle(batch: Changes): Promise<void>;
  /**
   * The log does not go on from the cursor (S2): changes may have been missed, or taken back. After this has resolved the
   * next batch is the one after `head`.
   */
  onReset(reset: { reason: ResetReason; epoch: string; head: number }): Promise<void>;
}

/** Ends it after the batch under way. Twice is harmless. */
export type StopReading = () => Promise<void>;
