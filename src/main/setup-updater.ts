import type { AppUpdater } from 'electron-updater';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { BoardPatch } from '#contract/ticket.ts';
import type { Display } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import { busyWith } from './policy/quiet-moment.ts';
import type { DesktopState } from './shell.ts';
import { isSigned } from './update-signature.ts';

/** The first check, long after the board is up, and the time between two checks, ms. */
const FIRST_LOOK_MS = 2 * 60_000;
const LOOK_EVERY_MS = 4 * 3_600_000;
/** How often a waiting update checks for a quiet moment, ms. */
const ASK_EVERY_MS = 60_000;

/** The part of electron-updater that the shell uses. */
export type Updater = Pick<
  AppUpdater,
  'autoInstallOnAppQuit' | 'checkForUpdates' | 'isUpdateSupported' | 'logger' | 'quitAndInstall'
> & { on(event: 'update-downloaded', listener: (update: { version: string }) => void): unknown };

export interface UpdaterOptions {
  /** Loads electron-updater, which nothing needs before the first look. */
  load(): Promise<Updater>;
  /** What updates are signed with ({@link isSigned}). */
  publicKey: string;
  display: Pick<Display, 'onPush'>;
  desktop: Pick<DesktopState, 'set'>;
  /** Time since somebody touched the machine, s. */
  idleSeconds(): number;
  /** From here on windows may close. */
  letGo(): void;
  log: Log;
}

/**
 * Looks for updates, downloads one in the background, and restarts into it in a quiet moment, never during service
 * (`busyWith`); a program that quits before that installs it at its next start. The settings show which version waits.
 */
export function setupUpdater({ load, publicKey, display, desktop, idleSeconds, letGo, log }: UpdaterOptions): void {
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
    const fits = opened.isUpdateSupported;
    opened.isUpdateSupported = async (update) => {
      if (isSigned(update, publicKey)) return fits(update);
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

  async function look(): Promise<void> {
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
    if (busyWith(moment)) return;
    log.info('restarting into an update', { version: ready });
    ready = null;
    letGo();
    // Installs silently and starts again; quitting closes both databases first.
    updater?.quitAndInstall(true, true);
  }

  setTimeout(() => {
    void look();
    setInterval(() => void look(), LOOK_EVERY_MS);
  }, FIRST_LOOK_MS);
  setInterval(restartIfQuiet, ASK_EVERY_MS);
}
