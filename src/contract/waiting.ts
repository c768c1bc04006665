import { z } from 'zod';
import { COMMAND_TYPES } from './command.ts';
import { HistoryEntry } from './history.ts';

/**
 * Why a command still waits. `sending`: it is on its way or about to be sent; `connecting`: the link is being opened;
 * `not_paired`: there is no server yet; the others are the link's causes.
 */
export const WAITING_REASONS = [
  'sending',
  'connecting',
  'not_paired',
  'no_network',
  'server_away',
  'server_error',
  'rate_limited',
  'revoked',
  'protocol',
] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

/** One unanswered command. Times are ms of server time. */
export const Waiting = z.object({
  commandId: z.string(),
  orderId: z.string(),
  orderNumber: z.string().nullable(),
  intent: z.enum(COMMAND_TYPES),
  payload: z.record(z.string(), z.unknown()),
  tappedAt: z.number(),
  why: z.enum(WAITING_REASONS),
});
export type Waiting = z.infer<typeof Waiting>;

/** The waiting commands, oldest first, and recent answers, newest first: nothing leaves the queue unnoticed. */
export const QueueView = z.object({ waiting: z.array(Waiting), answered: z.array(HistoryEntry) });
export type QueueView = z.infer<typeof QueueView>;
