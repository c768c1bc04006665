import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeMachine } from '#adapters/node-machine.ts';
import { createNodePorts } from '#adapters/node-ports.ts';
import { nodeTill, TILL_CONNECTION } from '#adapters/node-till.ts';
import { overrideConnection } from '#adapters/override-connection.ts';
import { readScreenFiles } from '#adapters/screen-files.ts';
import type { Desktop } from '#contract/desktop.ts';
import { createDisplay } from '#core/create-display.ts';
import type { Booted, BootOptions } from './boot-options.ts';
import { createCommands } from './create-commands.ts';
import { createDesktopState } from './create-desktop-state.ts';
import { createWindowMemory } from './create-window-memory.ts';
import { createNavigationMailbox } from './navigation-mailbox.ts';
import { createPageReady } from './page-ready.ts';
import { createRestart } from './restart.ts';
import { createSafeConnectionStore, KEY_STORE_WITHIN_MS } from './safe-connection-store.ts';
import { setupAlerts } from './setup-alerts.ts';
import { setupBadge } from './setup-badge.ts';
import { setupBridge } from './setup-bridge.ts';
import { setupDownloads } from './setup-downloads.ts';
import { setupGuards, setupPermissions } from './setup-guards.ts';
import { ALREADY_RUNNING, setupIdentity } from './setup-identity.ts';
import { setupKeepAwake } from './setup-keep-awake.ts';
import { setupKiosk } from './setup-kiosk.ts';
import { setupLinks } from './setup-links.ts';
import { setupLog } from './setup-log.ts';
import { setupLoginItem } from './setup-login-item.ts';
import { setupMenu } from './setup-menu.ts';
import { setupMonitors } from './setup-monitors.ts';
import { setupPower } from './setup-power.ts';
import { setupQuit } from './setup-quit.ts';
import { setupRecovery } from './setup-recovery.ts';
import { registerScreenScheme, setupScreenProtocol } from './setup-screen-protocol.ts';
import { setupTray } from './setup-tray.ts';
import { setupUpdater } from './setup-updater.ts';
import { setupWindows, type Windows } from './setup-windows.ts';
import { setupZoom } from './setup-zoom.ts';
import type { Shell } from './shell.ts';

/**
 * Starts everything, in order.
 *
 * @returns once a window is open; null if another instance is running
 */
export async function boot(options: BootOptions): Promise<Booted | null> {
  const { electron, logger, screenDir, preload, trayIcons, program, env, platform } = options;
  const { app, ipcMain, protocol, safeStorage, session } = electron;
  /** Null until the windows exist. */
  let openWindow: Windows['open'] | null = null;

  setupIdentity(app, env, platform);
  const links = setupLinks(app, program.argv, platform);
  const startedAgain = (argv: string[]) => void (links.take(argv) || openWindow?.());
  if (!app.requestSingleInstanceLock()) {
    app.exit(ALREADY_RUNNING);
    return null;
  }
  app.on('second-instance', (_, argv) => startedAgain(argv));
  app.enableSandbox();
  const dataDir = app.getPath('userData');
  const log = setupLog(logger, dataDir, app.isPackaged);
  log.info('the display starts', { version: app.getVersion() });
  let close: () => Promise<void> = async () => {};
  const restart = createRestart(app, () => close(), { argv: program.argv, env });
  setupRecovery({ app, program, file: join(dataDir, 'faults.json'), restart, log });
  registerScreenScheme(protocol);
  setupGuards(app);

  await app.whenReady();
  setupPermissions(session.defaultSession);
  setupDownloads(session.defaultSession, app, log);
  setupScreenProtocol(protocol, await readScreenFiles(screenDir));
  const overrides = { serverUrl: env.TICKETRAIL_SERVER ?? null, token: env.TICKETRAIL_TOKEN ?? null };
  const report = (token: Desktop['token']) => desktop.set({ token });
  const stored = createSafeConnectionStore({ safeStorage, dataDir, platform, report, log });
  const appVersion = app.getVersion();
  const machine = nodeMachine({ host: 'electron', dataDir, lastLogLines: log.lastLines });
  const ports = createNodePorts({ dataDir, log });
  const tillConnection = createSafeConnectionStore({
    ...{ safeStorage, dataDir, platform, log },
    name: TILL_CONNECTION,
    report: () => undefined,
  });
  const display = createDisplay(ports, {
    ...{ appVersion, machine },
    connection: overrideConnection(stored, overrides),
    till: { host: nodeTill(dataDir, log), connection: tillConnection },
  });
  close = display.close;
  setupQuit(app, program, close);
  const desktop = createDesktopState(display, platform);
  const shell: Shell = { electron, app, display, desktop, icons: trayIcons, env, platform, log };
  const mailbox = createNavigationMailbox();
  // These receive the display's first push.
  const kiosk = setupKiosk(display);
  const memory = createWindowMemory(join(dataDir, 'windows.json'), kiosk.isFullScreen, log);
  const windows = setupWindows(shell, preload, { memory, monitors: setupMonitors(shell), kiosk, mailbox });
  const commands = createCommands(app, display, windows, log);
  setupMenu(shell, commands, setupZoom(shell));
  setupTray(shell, commands, options.hasTrayHost);
  setupBadge(shell);
  setupAlerts(shell, windows.show);
  setupKeepAwake(shell);
  const loginItem = setupLoginItem(shell);
  try {
    options.trustSystem();
  } catch (error) {
    log.warn('the certificates of the system could not be read', { error: String(error) });
  }
  // It reads the token, for which a person may have to unlock the key store. A window over that prompt would hide it.
  await Promise.race([display.start(), sleep(KEY_STORE_WITHIN_MS, undefined, { ref: false })]);
  setupPower(shell);
  const pages = () => electron.BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
  const pageReady = createPageReady();
  setupBridge(ipcMain, display, pages, (page) => {
    pageReady.heard();
    mailbox.pageReady(page);
  });
  windows.start();
  openWindow = windows.open;
  links.follow(windows.show);
  if (options.updates) setupUpdater(shell, options.updates, { windows, loginItem, close, restart });
  return { pageReady: pageReady.wait };
}
