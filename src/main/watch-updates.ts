import type { DisplayStatus } from '#contract/display-status.ts';
import type { BoardPatch } from '#contract/ticket.ts';
import type { Display } from '#core/display.ts';
import { type OpenUpdaterOptions, openUpdater, type Updater } from './open-updater.ts';
import { busyReason } from './policy/quiet-moment.ts';
import type { DesktopState } from './shell.ts';

/** The delay of the first check, well after the board is up, and the time between two checks, ms. */
const FIRST_CHECK_MS = 2 * 60_000;
const CHECK_EVERY_MS = 4 * 3_600_000;
/** How often a waiting update checks for a quiet moment, ms. */
const RESTART_CHECK_MS = 60_000;
/** If the program still runs this long after it asked for the installation, the installation failed, ms. */
const INSTALL_WITHIN_MS = 30_000;

export interface UpdateOptions extends OpenUpdaterOptions {
  display: Pick<Display, 'onPush'>;
  desktop: Pick<DesktopState, 'set'>;
  /** Time since somebody touched the machine, s. */
  idleSeconds(): number;
  /** Closes the databases and lets another instance start: a new AppImage does while this one still runs. */
  makeWay(): Promise<void>;
  /** Restarts the program as it is. */
  restart(): void;
}

/**
 * Checks for updates, downloads one in the background, and restarts into it in a quiet moment, never during service
 * (`busyReason`). If the program quits before that, quitting installs it. The settings show which version waits.
 */
export function watchUpdates(options: UpdateOptions): void {
  const { display, desktop, idleSeconds, makeWay, restart, log } = options;
  let ready: string | null = null;
  let updater: Updater | null = null;
  let orders = { unseen: 0, waiting: 0 };
  let movedAt = performance.now();

  display.onPush((name, payload) => {
    if (name === 'board' && (payload as BoardPatch).upserts.length > 0) movedAt = performance.now();
    if (name !== 'status') return;
    const { alarm, queueCount } = payload as DisplayStatus;
    orders = { unseen: alarm.orderIds.length, waiting: queueCount };
  });

  async function check(): Promise<void> {
    if (ready) return;
    try {
      updater ??= await openUpdater(options, (version) => {
        log.info('an update waits for a quiet moment', { version });
        ready = version;
        desktop.set({ update: version });
      });
      // A failed download rejects only this promise.
      await (await updater.checkForUpdates())?.downloadPromise;
    } catch (error) {
      log.warn('could not look for an update', { error: String(error) });
    }
  }

  async function restartIfQuiet(): Promise<void> {
    if (!ready) return;
    const moment = { ...orders, untouchedMs: idleSeconds() * 1_000, noOrderMs: performance.now() - movedAt };
    if (busyReason(moment)) return;
    log.info('restarting into an update', { version: ready });
    ready = null;
    await makeWay();
    setTimeout(() => {
      log.error('the update was not installed: the program is started again as it is');
      restart();
    }, INSTALL_WITHIN_MS);
    // Installs silently and starts again.
    updater?.quitAndInstall(true, true);
  }

  setTimeout(() => {
    void check();
    setInterval(() => void check(), CHECK_EVERY_MS);
  }, FIRST_CHECK_MS);
  setInterval(() => void restartIfQuiet(), RESTART_CHECK_MS);
}
