import type { AppUpdater } from 'electron-updater';
import type { Undo } from '#contract/bridge.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { BoardPatch } from '#contract/ticket.ts';
import type { Display } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import type { DesktopState } from './create-desktop-state.ts';
import { busyWith } from './policy/quiet-moment.ts';
import { isSigned } from './update-signature.ts';

/** Long after the board is there; then three times in a working day, ms. */
const FIRST_LOOK_MS = 2 * 60_000;
const LOOK_EVERY_MS = 4 * 3_600_000;
/** How often it is asked whether the moment is quiet, ms. */
const ASK_EVERY_MS = 60_000;

/** As much of electron-updater as is used. */
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
  /** Since somebody touched the machine, s. */
  idleSeconds(): number;
  /** Windows may close from here on. */
  letGo(): void;
  log: Log;
}

/**
 * Looks for updates, fetches one in the background, and restarts into it in a quiet moment, never during service
 * (`busyWith`). Who quits before that gets it at the next start. Nobody is asked: a kitchen has no time for it; the settings
 * say which version waits.
 */
export function setupUpdater({ load, publicKey, display, desktop, idleSeconds, letGo, log }: UpdaterOptions): Undo {
  let ready: string | null = null;
  let updater: Updater | null = null;
  let orders = { unseen: 0, waiting: 0 };
  let movedAt = performance.now();

  const undo = display.onPush((name, payload) => {
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
    // Silently, and started again; quitting closes both databases first.
    updater?.quitAndInstall(true, true);
  }

  let timer = setTimeout(function again() {
    void look();
    timer = setTimeout(again, LOOK_EVERY_MS);
  }, FIRST_LOOK_MS);
  const asking = setInterval(restartIfQuiet, ASK_EVERY_MS);
  return () => {
    clearTimeout(timer);
    clearInterval(asking);
    undo();
  };
}
