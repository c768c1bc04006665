import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { NodeLogger } from 'electron-log';
import { readScreenFiles } from '#adapters/screen-files.ts';
import { createCommands } from './create-commands.ts';
import { createDesktopState } from './create-desktop-state.ts';
import { createWindowMemory } from './create-window-memory.ts';
import type { ElectronApi } from './electron-api.ts';
import { makeDisplay } from './make-display.ts';
import { createNavigationMailbox } from './navigation-mailbox.ts';
import { openConnection } from './open-connection.ts';
import { createRestart } from './restart.ts';
import { setupAlerts } from './setup-alerts.ts';
import { setupBadge } from './setup-badge.ts';
import { setupBridge } from './setup-bridge.ts';
import { setupGuards, setupPermissions } from './setup-guards.ts';
import { setupKeepAwake } from './setup-keep-awake.ts';
import { setupKiosk } from './setup-kiosk.ts';
import { setupLinks } from './setup-links.ts';
import { setupLog } from './setup-log.ts';
import { setupLoginItem } from './setup-login-item.ts';
import { setupMenu } from './setup-menu.ts';
import { setupPower } from './setup-power.ts';
import { setupQuit } from './setup-quit.ts';
import { setupRecovery } from './setup-recovery.ts';
import { registerScreenScheme, setupScreenProtocol } from './setup-screen-protocol.ts';
import { setupSingleInstance } from './setup-single-instance.ts';
import { setupTray } from './setup-tray.ts';
import { setupUpdater, type UpdaterOptions } from './setup-updater.ts';
import { setupWindows, type Windows } from './setup-windows.ts';
import { setupZoom } from './setup-zoom.ts';
import { windowFile } from './window-file.ts';

export interface BootOptions {
  electron: ElectronApi;
  logger: NodeLogger;
  /** The folder of the built screen, and the built preload script. */
  screenDir: string;
  preload: string;
  /** The folder of the pictures for tray and task bar. */
  trayIcons: string;
  /** Node's `process`, as far as it says what went wrong in it. */
  program: EventEmitter & { argv: string[] };
  /** `TICKETRAIL_SERVER`, `TICKETRAIL_TOKEN` and `TICKETRAIL_DATA` are looked at. */
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  /** How the program updates itself; null: not. */
  updates: Pick<UpdaterOptions, 'load' | 'publicKey'> | null;
  /** Whether a Linux desktop has a place for a tray icon. */
  hasTrayHost(): Promise<boolean>;
}

/**
 * Everything that starts, in order; read it as the table of contents of this folder.
 *
 * @returns true once the window is there; false when another instance runs already
 */
export async function boot(options: BootOptions): Promise<boolean> {
  const { electron, logger, screenDir, preload, trayIcons, program, env, platform } = options;
  const { app, ipcMain, powerMonitor, powerSaveBlocker, protocol, safeStorage, session } = electron;
  /** Once there are windows; before that, they come anyway. */
  let comeForward: Windows['open'] | null = null;

  // The lock is one per data folder, so that has to be known first.
  if (env.TICKETRAIL_DATA) app.setPath('userData', env.TICKETRAIL_DATA);
  const links = setupLinks(app, program.argv, platform);
  const startedAgain = (argv: string[]) => void (links.take(argv) || comeForward?.());
  if (!setupSingleInstance(app, startedAgain)) {
    app.quit();
    return false;
  }
  app.enableSandbox();
  // Windows shows a notification only for who has the id that the installer wrote.
  app.setAppUserModelId('app.ticketrail.display');
  // Always the same: a notification of the run before finds the program by it.
  if (platform === 'win32') app.setToastActivatorCLSID('{7B1C3C52-3E0B-4C1E-9B0A-6D8C2F6A4E17}');
  const dataDir = app.getPath('userData');
  const log = setupLog(logger, dataDir, app.isPackaged);
  let close: () => Promise<void> = async () => {};
  const restart = createRestart(app, () => close(), { argv: program.argv, env });
  setupRecovery({ app, program, file: join(dataDir, 'faults.json'), restart, log });
  registerScreenScheme(protocol);
  setupGuards(app);

  await app.whenReady();
  setupPermissions(session.defaultSession);
  setupScreenProtocol(protocol, await readScreenFiles(screenDir));
  const given = { serverUrl: env.TICKETRAIL_SERVER ?? null, token: env.TICKETRAIL_TOKEN ?? null };
  const { kept, place } = await openConnection(safeStorage, dataDir, platform, log);
  const display = makeDisplay({ dataDir, appVersion: app.getVersion(), given, kept, log });
  close = display.close;
  setupQuit(app, program, close);
  const desktop = createDesktopState(display, platform, place);
  const mailbox = createNavigationMailbox();
  const memory = createWindowMemory(windowFile(join(dataDir, 'windows.json'), log));
  // Before it starts, so that the first thing it tells is heard.
  const windows = setupWindows({ electron, preload, display, memory, mailbox });
  const commands = createCommands(app, display, windows, log);
  setupKiosk(app, electron.BrowserWindow, display);
  setupMenu({ electron, display, commands, zoom: setupZoom(app, display), platform });
  setupTray({
    electron,
    display,
    desktop,
    commands,
    icons: trayIcons,
    platform,
    hasTrayHost: options.hasTrayHost,
    log,
  });
  setupBadge({ electron, display, icons: trayIcons, platform });
  setupAlerts({ Native: electron.Notification, display, desktop, platform, show: windows.show, log });
  setupKeepAwake(powerSaveBlocker, display);
  setupLoginItem({ app, display, desktop, env, platform, log });
  await display.start();
  setupPower(powerMonitor, app, display);
  const pages = () => electron.BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
  setupBridge(ipcMain, display, pages, mailbox.pageReady);
  windows.start();
  comeForward = windows.open;
  links.follow(windows.show);
  const { updates } = options;
  const idleSeconds = () => powerMonitor.getSystemIdleTime();
  if (updates) setupUpdater({ ...updates, display, desktop, idleSeconds, letGo: windows.letGo, log });
  return true;
}
