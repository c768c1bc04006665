import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  Tray,
} from 'electron';
// Not its `main` flavour: that one opens an IPC channel of its own to every page.
import logger from 'electron-log/node';
import { hasTrayHost } from '#adapters/tray-host.ts';
import { boot } from './boot.ts';
import { findUpdates } from './find-updates.ts';

/**
 * The Electron program's first file; `scripts/build-shell.ts` makes `dist/shell/main.js` of it. No `await` here: Electron is not
 * ready before this file has been run to its end.
 */
const updates = findUpdates({
  packaged: app.isPackaged,
  platform: process.platform,
  env: process.env,
  resources: process.resourcesPath,
  appPath: app.getAppPath(),
});
boot({
  electron: {
    app,
    BrowserWindow,
    ipcMain,
    Menu,
    Notification,
    nativeImage,
    powerMonitor,
    powerSaveBlocker,
    protocol,
    safeStorage,
    screen,
    session,
    Tray,
  },
  logger,
  screenDir: join(import.meta.dirname, '../renderer'),
  preload: join(import.meta.dirname, 'preload.cjs'),
  trayIcons: join(import.meta.dirname, 'tray'),
  program: process,
  env: process.env,
  platform: process.platform,
  updates: updates && { ...updates, load: async () => (await import('electron-updater')).autoUpdater },
  hasTrayHost,
}).then(
  // For whoever started this from a command line, and waits.
  (started) => started && console.log('display ready'),
  (error: unknown) => {
    logger.error('the display could not start', error);
    dialog.showErrorBox('Ticketrail could not start', error instanceof Error ? error.message : String(error));
    app.exit(1);
  },
);
