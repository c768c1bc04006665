import type { Position } from '#contract/sync.ts';

/**
 * Where a follower stands. `start` and `pause` are possible in every state but `ended`:
 *
 *     paused ── start ──▶ waiting ── head beyond the position ──▶ reading
 *                            ▲                                      │
 *                            ├───────── nothing new ◀───────────────┤
 *                            └── confirm ── full ◀── fourth batch ──┘
 *
 * A batch that was read is sent, moves the position and leads back to `waiting`. A read that says to start over, and
 * `pause`, lead to `paused`.
 */
export type FollowerState =
  /** Gets nothing until it says where it stands. */
  | { kind: 'paused' }
  /** Has been sent everything up to the position, the head as far as is known. */
  | { kind: 'waiting'; position: Position }
  /** Waits for a read of what comes after the position, which it shares with all that stand there. */
  | { kind: 'reading'; position: Position }
  /** Has so many batches unconfirmed that nothing is read for it. */
  | { kind: 'full'; position: Position }
  /** It has unsubscribed. */
  | { kind: 'ended' };

/** A batch that is not yet known to be on the follower's disk. */
export interface SentBatch {
  to: number;
  /** ms on the clock that never jumps. */
  committedAt: number;
}

/** Somebody who follows one store's log. */
export interface Follower<T> {
  readonly storeId: string;
  /** Whom the batches are for, such as a socket. */
  readonly target: T;
  readonly state: FollowerState;
  /** Oldest first. */
  readonly unconfirmed: readonly SentBatch[];
  /** Everything up to here is on its disk. */
  readonly cursor: number;
  /** Sends what comes after the position. */
  start(position: Position): void;
  pause(): void;
  /** Everything up to `cursor` is on its disk; what was not sent to it cannot be. */
  confirm(cursor: number): void;
  /** Ends it. Twice is harmless. */
  unsubscribe(): void;
}
