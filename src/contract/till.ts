import { z } from 'zod';

/** What tills print to a screen's computer (ADR 56). */

/**
 * What keeps their tickets off the board. `port_taken`, `port_failed`: tills cannot print. `disk`: nothing can be stored, so that tills see a printer that
 * is off line. `no_token`, `token_refused`: tickets wait until there is a token. `away`: they wait for the server. `picture`: the last
 * ticket was a picture, which cannot be read.
 */
export const TILL_TROUBLES = [
  'port_taken',
  'port_failed',
  'disk',
  'no_token',
  'token_refused',
  'away',
  'picture',
] as const;
export type TillTrouble = (typeof TILL_TROUBLES)[number];

/** A ticket that is no order of the server yet, or never will be. */
export const TillTicket = z.object({
  id: z.string(),
  /** ms, server time. */
  at: z.number(),
  state: z.enum(['waiting', 'refused']),
  /** As it was printed. */
  lines: z.array(z.string()),
  /** Why the server does not take it, in its words. */
  why: z.string().nullable(),
});
export type TillTicket = z.infer<typeof TillTicket>;

/** For the settings, and for the list of what waits. */
export const TillView = z.object({
  /** This computer's, for the till. */
  addresses: z.array(z.string()),
  /** Whether a token is stored. */
  tokenSet: z.boolean(),
  /** The oldest first; not all, if there are many. */
  tickets: z.array(TillTicket),
});
export type TillView = z.infer<typeof TillView>;
