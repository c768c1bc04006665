import { z } from 'zod';
import { COMMAND_TYPES } from './command.ts';
import { HistoryEntry } from './history.ts';

/**
 * Why a command still waits. `sending`: it is on its way, or goes out now; `connecting`: a link is just being made;
 * `not_paired`: there is no server yet; the
 * others as the link's causes.
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

/** One command that the server has not answered. Times are ms of server time. */
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

/** What waits, oldest first, and what was answered lately, newest first: nothing leaves the queue in silence. */
export const QueueView = z.object({ waiting: z.array(Waiting), answered: z.array(HistoryEntry) });
export type QueueView = z.infer<typeof QueueView>;
