import type { BrowserWindow } from 'electron';
import type { NodeLogger } from 'electron-log';
import { readScreenFiles } from '#adapters/screen-files.ts';
import type { ElectronApi } from './electron-api.ts';
import { makeDisplay } from './make-display.ts';
import { setupAlerts } from './setup-alerts.ts';
import { setupBridge } from './setup-bridge.ts';
import { setupGuards, setupPermissions } from './setup-guards.ts';
import { setupLog } from './setup-log.ts';
import { setupPower } from './setup-power.ts';
import { setupQuit } from './setup-quit.ts';
import { registerScreenScheme, setupScreenProtocol } from './setup-screen-protocol.ts';
import { setupSingleInstance } from './setup-single-instance.ts';
import { setupTray } from './setup-tray.ts';
import { setupWindow } from './setup-window.ts';

export interface BootOptions {
  electron: ElectronApi;
  logger: NodeLogger;
  /** The folder of the built screen, and the built preload script. */
  screenDir: string;
  preload: string;
  /** The folder of the tray's pictures. */
  trayIcons: string;
  /** `TICKETRAIL_SERVER`, `TICKETRAIL_TOKEN` and `TICKETRAIL_DATA` are looked at. */
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
}

/**
 * Everything that starts, in order; read it as the table of contents of this folder.
 *
 * @returns true once the window is there; false when another instance runs already
 */
export async function boot(options: BootOptions): Promise<boolean> {
  const { electron, logger, screenDir, preload, trayIcons, env, platform } = options;
  const { app, ipcMain, powerMonitor, protocol, safeStorage, session } = electron;
  let window: BrowserWindow | undefined;

  // The lock is one per data folder, so that has to be known first.
  if (env.TICKETRAIL_DATA) app.setPath('userData', env.TICKETRAIL_DATA);
  const open = () => bringForward(window);
  if (!setupSingleInstance(app, open)) {
    app.quit();
    return false;
  }
  app.enableSandbox();
  // Windows shows a notification only for who has the id that the installer wrote.
  app.setAppUserModelId('app.ticketrail.display');
  const dataDir = app.getPath('userData');
  const log = setupLog(logger, dataDir, app.isPackaged);
  registerScreenScheme(protocol);
  setupGuards(app);

  await app.whenReady();
  setupPermissions(session.defaultSession);
  setupScreenProtocol(protocol, await readScreenFiles(screenDir));
  const given = { serverUrl: env.TICKETRAIL_SERVER ?? null, token: env.TICKETRAIL_TOKEN ?? null };
  const display = await makeDisplay({ dataDir, appVersion: app.getVersion(), given, safeStorage, platform, log });
  setupQuit(app, () => display.close());
  // Before it starts, so that the first thing it tells is heard.
  setupAlerts(electron.Notification, display, open, log);
  setupTray({ electron, display, icons: trayIcons, platform, open, log });
  await display.start();
  setupPower(powerMonitor, display);
  setupBridge(ipcMain, display, () => electron.BrowserWindow.getAllWindows().map(({ webContents }) => webContents));
  window = setupWindow(electron.BrowserWindow, preload);
  return true;
}

function bringForward(window: BrowserWindow | undefined): void {
  if (!window || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
