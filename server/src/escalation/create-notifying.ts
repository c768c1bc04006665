import { setTimeout as pause } from 'node:timers/promises';
import type { Escalation } from '#contract/admin.ts';
import type { Notifier } from './notifier.ts';

export interface NotifyingOptions {
  notifiers: readonly Notifier[];
  /** After each try. */
  onTold(told: { notifier: string; outcome: 'told' | 'failed' | 'given_up' }): void;
  /** One try may take this long, ms. */
  timeoutMs?: number;
  /** Before the second try, ms; doubles with each. */
  backOffMs?: number;
}

export interface Notifying {
  /** Returns at once. */
  tell(escalation: Escalation): void;
  close(): void;
}

const TRIES = 6;
/** Told together at most; more than these while a notifier fails, and the oldest are given up. */
const WAITING = 500;

/**
 * Tells every notifier, each on its own: one that fails or hangs is tried again with growing pauses and then given up for
 * these, and holds up neither the others nor the shop. What is given up is still in the list of escalations.
 */
export function createNotifying(options: NotifyingOptions): Notifying {
  const { notifiers, onTold, timeoutMs = 10_000, backOffMs = 1_000 } = options;
  const closing = new AbortController();
  const lanes = notifiers.map((notifier) => ({ notifier, waiting: [] as Escalation[], working: false }));

  async function work(lane: (typeof lanes)[number]): Promise<void> {
    const { name: notifier } = lane.notifier;
    for (let attempt = 1; lane.waiting.length > 0 && !closing.signal.aborted; attempt++) {
      const telling = [...lane.waiting];
      if (await tried(lane.notifier, telling)) {
        lane.waiting = lane.waiting.filter((one) => !telling.includes(one));
        attempt = 0;
        onTold({ notifier, outcome: 'told' });
      } else if (attempt === TRIES) {
        lane.waiting = lane.waiting.filter((one) => !telling.includes(one));
        attempt = 0;
        onTold({ notifier, outcome: 'given_up' });
      } else {
        onTold({ notifier, outcome: 'failed' });
        const wait = { signal: closing.signal, ref: false };
        await pause(backOffMs * 2 ** (attempt - 1), undefined, wait).catch(() => undefined);
      }
    }
    lane.working = false;
  }

  async function tried(notifier: Notifier, escalations: readonly Escalation[]): Promise<boolean> {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]);
    // A notifier that does not heed the signal is not waited for either.
    const late = new Promise<false>((resolve) =>
      signal.addEventListener('abort', () => resolve(false), { once: true }),
    );
    const told = (async () => notifier.notify(escalations, signal))().then(
      () => true,
      () => false,
    );
    return Promise.race([told, late]);
  }

  return {
    tell(escalation) {
      if (closing.signal.aborted) return;
      for (const lane of lanes) {
        lane.waiting.push(escalation);
        if (lane.waiting.length > WAITING) {
          lane.waiting.shift();
          onTold({ notifier: lane.notifier.name, outcome: 'given_up' });
        }
        if (lane.working) continue;
        lane.working = true;
        void work(lane);
      }
    },
    close: () => closing.abort(),
  };
}
