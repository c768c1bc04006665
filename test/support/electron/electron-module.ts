import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { IPC_CALL, SCREEN_ORIGIN } from '#contract/ipc.ts';
import { fakeElectron } from './fake-electron.ts';

/**
 * The fake instead of the package `electron`, for a built main script in a separate process (see register-electron.ts). Like
 * Electron, it is ready after the script has run to its end. Its page makes one call, as the screen does when its script runs.
 */
const fake = fakeElectron({ userData: process.env.TICKETRAIL_DATA ?? '' });
setImmediate(fake.becomeReady);
fake.electron.app.on('web-contents-created', (_, page: WebContents) =>
  page.once('did-start-loading', () => {
    const frame = { origin: SCREEN_ORIGIN, parent: null };
    setImmediate(() =>
      fake.ipc.rendererOf(page, new EventEmitter(), frame).ipcRenderer.invoke(IPC_CALL, 'getStatus', null),
    );
  }),
);
process.on('SIGTERM', () => fake.electron.app.quit());
// Electron sets this; it is empty here.
Object.assign(process, { resourcesPath: process.env.TICKETRAIL_DATA });
// Modules that record-loads.ts prints after this line do not delay the window.
if (process.env.RECORD_LOADS) fake.electron.app.once('web-contents-created', () => console.log('window'));

export const { app, BrowserWindow, ipcMain, Menu, Notification, nativeImage } = fake.electron;
export const { powerMonitor, powerSaveBlocker, protocol, safeStorage, screen, session, Tray } = fake.electron;
export const dialog = { showErrorBox: (title: string, content: string) => console.error(title, content) };
