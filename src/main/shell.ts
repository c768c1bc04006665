import type { App } from 'electron';
import type { Display } from '#core/display.ts';
import type { createDesktopState } from './create-desktop-state.ts';
import type { ShellLog } from './setup-log.ts';

/** The parts of Electron that the shell uses. `main.ts` passes them in, so that a test can boot the same shell on a fake. */
export type ElectronApi = Pick<
  typeof import('electron'),
  | 'app'
  | 'BrowserWindow'
  | 'ipcMain'
  | 'Menu'
  | 'nativeImage'
  | 'Notification'
  | 'powerMonitor'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'safeStorage'
  | 'screen'
  | 'session'
  | 'Tray'
>;

/** What the `setup-….ts` files share. */
export interface Shell {
  electron: ElectronApi;
  app: App;
  display: Display;
  desktop: DesktopState;
  /** The folder of the tray and task bar icons. */
  icons: string;
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  log: ShellLog;
}
export type DesktopState = ReturnType<typeof createDesktopState>;
