import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceAccess } from './adapter.ts';
import { Later } from './service-client.ts';

/**
 * Waits until every budget allows one more call, in order of arrival.
 *
 * @returns waits for the turn of one call; throws `Later` if the signal aborts
 */
export function createBudgets(budgets: ServiceAccess['budgets']): (signal?: AbortSignal) => Promise<void> {
  /** When the newest calls were made, oldest first, ms. */
  const made: number[] = [];
  const most = Math.max(0, ...budgets.map(({ calls }) => calls));
  let last: Promise<void> = Promise.resolve();

  const waitMs = (now: number): number =>
    Math.max(0, ...budgets.map(({ calls, seconds }) => (made.at(-calls) ?? -Infinity) + seconds * 1_000 - now));

  async function next(signal: AbortSignal | undefined): Promise<void> {
    const wait = waitMs(performance.now());
    if (wait > 0) await pause(Math.ceil(wait), undefined, { signal, ref: false });
    made.push(performance.now());
    if (made.length > most) made.shift();
  }

  return (signal) => {
    const mine = last.then(() => next(signal)).catch(() => Promise.reject(new Later('the server stops')));
    last = mine.catch(() => undefined);
    return mine;
  };
}
