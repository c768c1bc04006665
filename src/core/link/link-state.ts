import type { LinkCause, LinkState } from '#contract/link.ts';
import { LIVE_WITHIN_MS } from '#contract/sync.ts';

/** All that the state of the link is judged by. Times are monotonic ms. */
export interface LinkFacts {
  /** Refused for good; null: not. */
  stopped: 'revoked' | 'protocol' | null;
  /** A first try has begun. */
  tried: boolean;
  /** Last beat of the socket that is up; null: no socket is up, or it has not answered hello. */
  lastBeat: number | null;
  /** The cursor stands at the server's head, in the server's epoch. */
  atHead: boolean;
  /** The last poll worked, and is good until then; null: it did not, or there was none. */
  polledUntil: number | null;
  /** Tries for a socket that have failed in a row. */
  failedTries: number;
  /** The system says that there is no network. */
  networkDown: boolean;
  /** Why the last try failed. */
  failure: LinkCause | null;
}

/** Rule L1: the first that holds, in its order. Total: every combination of facts has a state. */
export function linkState(facts: LinkFacts, now: number): LinkState {
  const beating = facts.lastBeat !== null && now - facts.lastBeat <= LIVE_WITHIN_MS;
  if (facts.stopped) return 'stopped';
  if (!facts.tried) return 'unknown';
  if (beating && facts.atHead) return 'live';
  if (beating) return 'catching_up';
  if (facts.polledUntil !== null && now <= facts.polledUntil) return 'polling';
  return facts.failedTries < 2 ? 'connecting' : 'offline';
}

/** Why the link is not better than it is, or null when there is nothing to say. */
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
