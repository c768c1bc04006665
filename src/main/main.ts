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
// Not `electron-log/main`, which opens its own IPC channel to every page.
import logger from 'electron-log/node';
import { hasTrayHost } from '#adapters/tray-host.ts';
import { boot } from './boot.ts';
import { findUpdates, loadUpdater } from './find-updates.ts';
import { trustSystemCertificates } from './trust-system-certificates.ts';

/** Without a page by then the program ends, ms: an empty window would be taken for a quiet shop. */
const PAGE_WITHIN_MS = 60_000;

/**
 * The Electron program's entry file; `scripts/build-shell.ts` bundles it as `dist/shell/main.js`. No top-level `await`: Electron
 * becomes ready only after this file has run.
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
  updates: updates && { ...updates, load: () => loadUpdater(process.platform) },
  trustSystem: trustSystemCertificates,
  hasTrayHost,
})
  .then(async (booted) => {
    if (!booted) return;
    await booted.pageReady(PAGE_WITHIN_MS);
    // For a script or person that started this on a command line and waits.
    console.log('display ready');
  })
  .catch((error: unknown) => {
    logger.error('the display could not start', error);
    dialog.showErrorBox('Ticketrail could not start', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
