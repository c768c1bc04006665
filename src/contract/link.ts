import { z } from 'zod';

/** The link to the server, as rule L1 names its states. */
export const LINK_STATES = ['stopped', 'unknown', 'live', 'catching_up', 'polling', 'connecting', 'offline'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/**
 * Why the link is not live, so that the screen can say what to do. `no_network`: this machine has none; `server_away`:
 * the server does not answer; `revoked`, `protocol`: refused permanently; `rate_limited`: too many requests; `host`:
 * the page has lost the display program (browser host only).
 */
export const LINK_CAUSES = [
  'no_network',
  'server_away',
  'server_error',
  'revoked',
  'protocol',
  'rate_limited',
  'host',
] as const;
export type LinkCause = (typeof LINK_CAUSES)[number];

export const Link = z.object({
  state: z.enum(LINK_STATES),
  /** Since when it has been in this state; ms, server time. */
  since: z.number(),
  cause: z.enum(LINK_CAUSES).nullable(),
  /** When the server last proved that the display is up to date; ms, server time; null before the first time. */
  lastWordAt: z.number().nullable(),
});
export type Link = z.infer<typeof Link>;
