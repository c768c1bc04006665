import { fakeElectron } from './fake-electron.ts';

/**
 * The double in the place of the package `electron`, for a built main script in a process of its own: see
 * register-electron.ts. It gets ready like Electron does, after the script has been run to its end.
 */
const fake = fakeElectron({ userData: process.env.TICKETRAIL_DATA ?? '' });
setImmediate(fake.becomeReady);
process.on('SIGTERM', () => fake.electron.app.quit());
// What Electron sets; there is nothing in it.
Object.assign(process, { resourcesPath: process.env.TICKETRAIL_DATA });
// For record-loads.ts: from here on nobody waits.
if (process.env.RECORD_LOADS) fake.electron.app.once('web-contents-created', () => console.log('window'));

export const { app, BrowserWindow, ipcMain, Menu, Notification, nativeImage } = fake.electron;
export const { powerMonitor, powerSaveBlocker, protocol, safeStorage, screen, session, Tray } = fake.electron;
export const dialog = { showErrorBox: (title: string, content: string) => console.error(title, content) };
