/** How long the server keeps data (S7). */
export interface RetentionLimits {
  /** The log keeps at least these days and this many changes. */
  logDays: number;
  logChanges: number;
  /** Answers to commands, idempotency keys, and test pages of printers. */
  answerDays: number;
  /** Closed orders and their history, counted from the last change; open ones stay for ever. */
  orderDays: number;
  /** Most rows in one transaction, so that no order waits for the clean-up. */
  block: number;
}

export const RETENTION_LIMITS: RetentionLimits = {
  logDays: 7,
  logChanges: 50_000,
  answerDays: 35,
  orderDays: 400,
  block: 50,
};
