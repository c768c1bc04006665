import type { AppUpdater } from 'electron-updater';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { BoardPatch } from '#contract/ticket.ts';
import type { Display } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import { busyReason } from './policy/quiet-moment.ts';
import type { DesktopState } from './shell.ts';
import { isSigned } from './update-signature.ts';

/** The delay of the first check, well after the board is up, and the time between two checks, ms. */
const FIRST_CHECK_MS = 2 * 60_000;
const CHECK_EVERY_MS = 4 * 3_600_000;
/** How often a waiting update checks for a quiet moment, ms. */
const RESTART_CHECK_MS = 60_000;

/** The part of electron-updater that the shell uses. */
export type Updater = Pick<
  AppUpdater,
  'autoInstallOnAppQuit' | 'checkForUpdates' | 'isUpdateSupported' | 'logger' | 'quitAndInstall'
> & { on(event: 'update-downloaded', listener: (update: { version: string }) => void): unknown };

export interface UpdaterOptions {
  /** Loads electron-updater, which nothing needs before the first check. */
  load(): Promise<Updater>;
  /** The key that updates are signed with ({@link isSigned}). */
  publicKey: string;
  display: Pick<Display, 'onPush'>;
  desktop: Pick<DesktopState, 'set'>;
  /** Time since somebody touched the machine, s. */
  idleSeconds(): number;
  /** Lets all windows close from now on. */
  letClose(): void;
  log: Log;
}

/**
 * Checks for updates, downloads one in the background, and restarts into it in a quiet moment, never during service
 * (`busyReason`). If the program quits before that, quitting installs it. The settings show which version waits.
 */
export function setupUpdater({ load, publicKey, display, desktop, idleSeconds, letClose, log }: UpdaterOptions): void {
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

  async function open(): Promise<Updater> {
    const opened = await load();
    const isSupported = opened.isUpdateSupported;
    opened.isUpdateSupported = async (update) => {
      if (isSigned(update, publicKey)) return isSupported(update);
      log.error('an update is not signed by us, and is not taken', { version: update.version });
      return false;
    };
    opened.logger = { ...log, debug() {} };
    opened.on('update-downloaded', ({ version }) => {
      log.info('an update waits for a quiet moment', { version });
      ready = version;
      desktop.set({ update: version });
    });
    return opened;
  }

  async function check(): Promise<void> {
    try {
      updater ??= await open();
      if (!ready) await updater.checkForUpdates();
    } catch (error) {
      log.warn('could not look for an update', { error: String(error) });
    }
  }

  function restartIfQuiet(): void {
    if (!ready) return;
    const moment = { ...orders, untouchedMs: idleSeconds() * 1_000, noOrderMs: performance.now() - movedAt };
    if (busyReason(moment)) return;
    log.info('restarting into an update', { version: ready });
    ready = null;
    letClose();
    // Installs silently and starts again; quitting closes both databases first.
    updater?.quitAndInstall(true, true);
  }

  setTimeout(() => {
    void check();
    setInterval(() => void check(), CHECK_EVERY_MS);
  }, FIRST_CHECK_MS);
  setInterval(restartIfQuiet, RESTART_CHECK_MS);
}
