import type { LinkState } from '#contract/link.ts';

/** What a customer's page knows of its link. */
export interface LinkFacts {
  /** The server does not accept the token. */
  refused: boolean;
  connected: boolean;
  /** All orders were read since the socket connected. */
  synced: boolean;
  /** There is no socket, and not only because it has just been asked for. */
  without: boolean;
  /** The last poll since the socket was lost was answered. */
  polled: boolean;
  /** Tries that failed, one after the other. */
  failures: number;
}

/** The state of the link (L1): a page of customers has no cursor, so it is live once it has read all since it connected. */
export function linkStateOf({ refused, connected, synced, without, polled, failures }: LinkFacts): LinkState {
  if (refused) return 'stopped';
  if (connected) return synced ? 'live' : 'catching_up';
  if (polled) return without ? 'polling' : 'connecting';
  return failures < 2 ? 'connecting' : 'offline';
}
