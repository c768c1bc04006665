import { createStore } from 'zustand/vanilla';
import type { DisplayStatus } from '#contract/display-status.ts';
import { keepsAwake } from '#contract/keeps-awake.ts';
import type { AwakeStore, Screen } from '../shared/screen.tsx';

type Page = Pick<Document, 'addEventListener' | 'visibilityState'>;
const ASK_AGAIN_MS = 30_000;

/**
 * Holds the browser's wake lock while the settings ask for it. When the system releases it (page hidden, battery low), requests
 * it again as soon as possible.
 *
 * @param wakeLock the browser's; undefined where it has none
 * @see https://www.w3.org/TR/screen-wake-lock/
 */
export function keepAwake(
  { view, ticker, now }: Pick<Screen, 'view' | 'ticker' | 'now'>,
  page: Page,
  wakeLock: Pick<WakeLock, 'request'> | undefined,
): AwakeStore {
  const store: AwakeStore = createStore(() => (wakeLock ? 'can' : 'cannot'));
  if (!wakeLock) return store;
  const lock = wakeLock;
  let held: WakeLockSentinel | null = null;
  let asking = false;
  let refusedAt = Number.NEGATIVE_INFINITY;

  async function follow(): Promise<void> {
    const { status } = view.getState();
    if (asking || !status) return;
    if (!shouldStayAwake(status, now())) {
      await held?.release();
      held = null;
    } else if (!isHeld(held) && page.visibilityState === 'visible' && performance.now() - refusedAt >= ASK_AGAIN_MS)
      await ask();
  }

  async function ask(): Promise<void> {
    asking = true;
    try {
      held = await lock.request('screen');
      store.setState('can', true);
    } catch {
      refusedAt = performance.now();
      store.setState('cannot', true);
    }
    asking = false;
  }

  /** Safari refuses a wake lock before the first tap. */
  function askAtOnce(): void {
    refusedAt = Number.NEGATIVE_INFINITY;
    void follow();
  }

  ticker.on(() => void follow());
  page.addEventListener('visibilitychange', askAtOnce);
  page.addEventListener('click', askAtOnce);
  void follow();
  return store;
}

const isHeld = (lock: WakeLockSentinel | null): boolean => lock?.released === false;

/**
 * Whether this page must keep the screen on now. In the installed app the main process does that, by the same rule.
 *
 * @param now server time, ms
 */
export function shouldStayAwake(
  { desktop, settings, store }: Pick<DisplayStatus, 'desktop' | 'settings' | 'store'>,
  now: number,
): boolean {
  return desktop === null && keepsAwake(settings.desktop, now, store?.timeZone);
}
