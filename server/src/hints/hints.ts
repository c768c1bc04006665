import type { Undo } from '#contract/bridge.ts';

/**
 * Something may have changed. A hint may be lost, late, duplicated or wrong: a listener reads the database before it
 * acts, and also checks once a second without a hint.
 */
export type Hint =
  /** A commit moved the head of a store's log. */
  | { kind: 'head'; storeId: string; head: number }
  | { kind: 'revoked'; deviceId: string }
  /** `displays`: one went live or away. `cursors`: one has stored more. */
  | { kind: 'presence'; storeId: string; what: 'displays' | 'cursors' }
  /** The one with this id was raised or resolved. */
  | { kind: 'escalation'; storeId: string; id: string }
  /** What the store takes has changed. */
  | { kind: 'availability'; storeId: string }
  /** A webhook of the store was changed, or there is a message for its webhooks. */
  | { kind: 'webhooks'; storeId: string };

export interface Hints {
  /** Returns at once and never throws. */
  say(hint: Hint): void;
  onHint(listener: (hint: Hint) => void): Undo;
}

/** Hints within one process. A listener that throws is logged; the others are still called. */
export function createHints(log: { error(details: object, message: string): void }): Hints {
  const listeners = new Set<(hint: Hint) => void>();
  return {
    say(hint) {
      for (const listener of listeners) {
        try {
          listener(hint);
        } catch (error) {
          log.error({ err: error, hint }, 'a listener failed; what the hint is about is safe');
        }
      }
    },
    onHint(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
