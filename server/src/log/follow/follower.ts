import type { Position } from '#contract/sync.ts';

/**
 * The state of a follower. `start` and `pause` are possible in every state except `ended`:
 *
 *     paused ── start ──▶ waiting ── head beyond the position ──▶ reading
 *                            ▲                                      │
 *                            ├───────── nothing new ◀───────────────┤
 *                            └── confirm ── full ◀── fourth batch ──┘
 *
 * After a read, the batch is sent, the position moves, and the state returns to `waiting`. A read that answers to start
 * over, and `pause`, lead to `paused`.
 */
export type FollowerState =
  /** Gets nothing until it starts from a position. */
  | { kind: 'paused' }
  /** Has been sent everything up to the last known head. */
  | { kind: 'waiting'; position: Position }
  /** Waits for a read after its position, shared with all followers at the same position. */
  | { kind: 'reading'; position: Position }
  /** Has too many unconfirmed batches to get more. */
  | { kind: 'full'; position: Position }
  /** Has unsubscribed. */
  | { kind: 'ended' };

/** A batch that the follower has not yet confirmed. */
export interface SentBatch {
  to: number;
  /** ms on the clock that never jumps. */
  committedAt: number;
}

/** A subscriber to one store's log. */
export interface Follower<T> {
  readonly storeId: string;
  /** The receiver of the batches, such as a socket. */
  readonly target: T;
  readonly state: FollowerState;
  /** Oldest first. */
  readonly unconfirmed: readonly SentBatch[];
  /** The follower has stored everything up to here. */
  readonly cursor: number;
  /** Sends the changes after the position. */
  start(position: Position): void;
  pause(): void;
  /** Confirms everything up to `cursor`, but no more than was sent. */
  confirm(cursor: number): void;
  /** Ends the subscription. Idempotent. */
  unsubscribe(): void;
}
