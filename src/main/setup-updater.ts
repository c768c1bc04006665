import type { OpenUpdaterOptions } from './open-updater.ts';
import type { Restart } from './restart.ts';
import type { setupLoginItem } from './setup-login-item.ts';
import type { Windows } from './setup-windows.ts';
import type { Shell } from './shell.ts';
import { watchUpdates } from './watch-updates.ts';

/** How to load electron-updater, and the key of its updates. */
export type Updates = Pick<OpenUpdaterOptions, 'load' | 'publicKey'>;

/**
 * Installs updates, and gives the updater what it needs of this program.
 *
 * @param close closes both databases
 */
export function setupUpdater(
  { electron, app, display, desktop, env, log }: Shell,
  updates: Updates,
  {
    windows,
    loginItem,
    close,
    restart,
  }: { windows: Windows; loginItem: ReturnType<typeof setupLoginItem>; close(): Promise<void>; restart: Restart },
): void {
  watchUpdates({
    ...updates,
    display,
    desktop,
    log,
    idleSeconds: () => electron.powerMonitor.getSystemIdleTime(),
    async makeWay() {
      windows.letClose();
      await close();
      app.releaseSingleInstanceLock();
    },
    restart: () => void restart({ gpu: true }),
    moved(path) {
      env.APPIMAGE = path;
      loginItem.moved();
    },
  });
}
