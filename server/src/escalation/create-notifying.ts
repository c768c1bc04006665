import { setTimeout as pause } from 'node:timers/promises';
import type { Escalation } from '#contract/admin.ts';
import type { Notifier } from './notifier.ts';

export interface NotifyingOptions {
  notifiers: readonly Notifier[];
  /** After each try. */
  onNotified(attempt: { notifier: string; outcome: 'told' | 'failed' | 'given_up' }): void;
  /** Time limit of one try, ms. */
  timeoutMs?: number;
  /** Delay before the second try, ms; doubles with each. */
  backOffMs?: number;
}

export interface Notifying {
  /** Returns at once. */
  notify(escalation: Escalation): void;
  close(): void;
}

const TRIES = 6;
/** Most escalations kept for a notifier. While it fails and more arrive, the oldest are given up. */
const WAITING = 500;

/**
 * Calls every notifier independently. One that fails or never answers is retried with growing pauses, then given up for
 * these escalations. It delays neither the others nor the shop. Given-up escalations stay in the list.
 */
export function createNotifying(options: NotifyingOptions): Notifying {
  const { notifiers, onNotified, timeoutMs = 10_000, backOffMs = 1_000 } = options;
  const closing = new AbortController();
  const lanes = notifiers.map((notifier) => ({ notifier, waiting: [] as Escalation[], working: false }));

  async function work(lane: (typeof lanes)[number]): Promise<void> {
    const { name: notifier } = lane.notifier;
    for (let attempt = 1; lane.waiting.length > 0 && !closing.signal.aborted; attempt++) {
      const batch = [...lane.waiting];
      if (await tried(lane.notifier, batch)) {
        lane.waiting = lane.waiting.filter((one) => !batch.includes(one));
        attempt = 0;
        onNotified({ notifier, outcome: 'told' });
      } else if (attempt === TRIES) {
        lane.waiting = lane.waiting.filter((one) => !batch.includes(one));
        attempt = 0;
        onNotified({ notifier, outcome: 'given_up' });
      } else {
        onNotified({ notifier, outcome: 'failed' });
        const wait = { signal: closing.signal, ref: false };
        await pause(backOffMs * 2 ** (attempt - 1), undefined, wait).catch(() => undefined);
      }
    }
    lane.working = false;
  }

  async function tried(notifier: Notifier, escalations: readonly Escalation[]): Promise<boolean> {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]);
    // Does not wait for a notifier that ignores the signal.
    const late = new Promise<false>((resolve) =>
      signal.addEventListener('abort', () => resolve(false), { once: true }),
    );
    const done = (async () => notifier.notify(escalations, signal))().then(
      () => true,
      () => false,
    );
    return Promise.race([done, late]);
  }

  return {
    notify(escalation) {
      if (closing.signal.aborted) return;
      for (const lane of lanes) {
        lane.waiting.push(escalation);
        if (lane.waiting.length > WAITING) {
          lane.waiting.shift();
          onNotified({ notifier: lane.notifier.name, outcome: 'given_up' });
        }
        if (lane.working) continue;
        lane.working = true;
        void work(lane);
      }
    },
    close: () => closing.abort(),
  };
}
