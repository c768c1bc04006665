import type { LinkCause, LinkState } from '#contract/link.ts';
import { LIVE_WITHIN_MS } from '#contract/sync.ts';

/** Everything that determines the state of the link. Times are monotonic ms. */
export interface LinkFacts {
  /** Permanently refused; null: not refused. */
  stopped: 'revoked' | 'protocol' | null;
  /** The first try has begun. */
  tried: boolean;
  /** Last beat of the current socket; null: no socket is up, or hello is unanswered. */
  lastBeat: number | null;
  /** The cursor is at the server's head, in the server's epoch. */
  atHead: boolean;
  /** Until when the last poll counts; null: it failed, or there was none. */
  polledUntil: number | null;
  /** Consecutive failed attempts to open a socket. */
  failedTries: number;
  /** The operating system reports no network. */
  networkDown: boolean;
  /** Why the last try failed. */
  failure: LinkCause | null;
}

/** Rule L1: the first state whose condition holds. Total: every combination of facts has a state. */
export function linkState(facts: LinkFacts, now: number): LinkState {
  const beating = facts.lastBeat !== null && now - facts.lastBeat <= LIVE_WITHIN_MS;
  if (facts.stopped) return 'stopped';
  if (!facts.tried) return 'unknown';
  if (beating && facts.atHead) return 'live';
  if (beating) return 'catching_up';
  if (facts.polledUntil !== null && now <= facts.polledUntil) return 'polling';
  return facts.failedTries < 2 ? 'connecting' : 'offline';
}

/** Why the link is not live, or null when no cause is known. */
export function linkCause(facts: LinkFacts, state: LinkState): LinkCause | null {
  switch (state) {
    case 'stopped':
      return facts.stopped;
    case 'unknown':
    case 'live':
      return null;
    case 'catching_up':
      return facts.failure;
    case 'polling':
    case 'connecting':
    case 'offline':
      return facts.networkDown ? 'no_network' : facts.failure;
  }
}
