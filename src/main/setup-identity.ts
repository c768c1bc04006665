import { join } from 'node:path';
import type { App } from 'electron';

/** The exit code of a second instance, for the program that started it. */
export const ALREADY_RUNNING = 3;

/** Windows shows an installed program's notifications only if this is the id that the installer wrote. */
const INSTALLED = { appId: 'app.ticketrail.display', toastActivator: '{7B1C3C52-3E0B-4C1E-9B0A-6D8C2F6A4E17}' };
/** Different, so that a click on an installed program's notification starts that program. */
const CHECKOUT = { appId: 'app.ticketrail.checkout', toastActivator: '{2F0B7C0E-59D1-4B63-8C38-0B7E4A1D95C2}' };

/**
 * Sets name, data folder and ids. A checkout runs in a plain Electron, whose name and data folder other programs have too.
 * Call it first, since the single-instance lock belongs to the data folder.
 */
export function setupIdentity(app: App, env: Record<string, string | undefined>, platform: NodeJS.Platform): void {
  if (!app.isPackaged) {
    app.setName('Ticketrail');
    // Electron has set it from the name before this script ran.
    app.setPath('userData', join(app.getPath('appData'), 'Ticketrail checkout'));
  }
  if (env.TICKETRAIL_DATA) app.setPath('userData', env.TICKETRAIL_DATA);
  const { appId, toastActivator } = app.isPackaged ? INSTALLED : CHECKOUT;
  app.setAppUserModelId(appId);
  // Constant, so that clicking a notification of an earlier run starts the program.
  if (platform === 'win32') app.setToastActivatorCLSID(toastActivator);
}
