import type { Escalation } from './admin.ts';
import type { Availability } from './availability.ts';
import type { ChangeType } from './decide.ts';
import type { Order } from './order.ts';
import type { Status } from './status.ts';
import type { Change, ResetReason, Stats } from './sync.ts';

/** The messages of the plain feed, `/api/v1/feed` (contract, section 10). */

/** The subprotocol that the server selects. */
export const FEED_PROTOCOL = 'ticketrail.v1';

/** One change, with the order as it was after it; null: deleted. */
export interface FeedChange {
  type: ChangeType;
  seq: number;
  at: string;
  data: { order: Order | null; orderId: string; previousStatus?: Status; reason?: string };
}

/** The messages without a `seq`: they are not in the log, so a client that was away does not get them later. */
export interface FeedNews {
  stats_updated: Stats;
  escalation: Escalation;
  availability: Availability;
}

export type FeedMessage =
  | { type: 'hello'; data: { epoch: string; head: number } }
  | { type: 'reset'; data: { reason: ResetReason } }
  | { type: 'pong' }
  | { [T in keyof FeedNews]: { type: T; data: FeedNews[T] } }[keyof FeedNews]
  | FeedChange;

/** A change as the feed sends it. Throws if it comes without its order, as in a batch in which a later change has it. */
export function feedChange({ seq, type, at, orderId, order, previousStatus, reason }: Change): FeedChange {
  if (order === undefined) throw new Error(`the change ${seq} comes without its order`);
  const about = { ...(previousStatus !== undefined && { previousStatus }), ...(reason !== undefined && { reason }) };
  return { type, seq, at, data: { order, orderId, ...about } };
}
