import type { BrowserWindow } from 'electron';
import type { NodeLogger } from 'electron-log';
import { readScreenFiles } from '#adapters/screen-files.ts';
import type { ElectronApi } from './electron-api.ts';
import { makeDisplay } from './make-display.ts';
import { setupBridge } from './setup-bridge.ts';
import { setupGuards, setupPermissions } from './setup-guards.ts';
import { setupLog } from './setup-log.ts';
import { setupPower } from './setup-power.ts';
import { setupQuit } from './setup-quit.ts';
import { registerScreenScheme, setupScreenProtocol } from './setup-screen-protocol.ts';
import { setupSingleInstance } from './setup-single-instance.ts';
import { setupWindow } from './setup-window.ts';

export interface BootOptions {
  electron: ElectronApi;
  logger: NodeLogger;
  /** The folder of the built screen, and the built preload script. */
  screenDir: string;
  preload: string;
  /** `TICKETRAIL_SERVER`, `TICKETRAIL_TOKEN` and `TICKETRAIL_DATA` are looked at. */
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
}

/**
 * Everything that starts, in order; read it as the table of contents of this folder.
 *
 * @returns true once the window is there; false when another instance runs already
 */
export async function boot({ electron, logger, screenDir, preload, env, platform }: BootOptions): Promise<boolean> {
  const { app, ipcMain, powerMonitor, protocol, safeStorage, session } = electron;
  let window: BrowserWindow | undefined;

  // The lock is one per data folder, so that has to be known first.
  if (env.TICKETRAIL_DATA) app.setPath('userData', env.TICKETRAIL_DATA);
  if (!setupSingleInstance(app, () => bringForward(window))) {
    app.quit();
    return false;
  }
  app.enableSandbox();
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
