import { EventEmitter } from 'node:events';
import type { CustomScheme, Protocol, Session } from 'electron';
import type { ElectronApi } from '#main/shell.ts';
import { type FakeAppOptions, fakeApp } from './fake-app.ts';
import { fakeIpc } from './fake-ipc.ts';
import { fakeMachine } from './fake-machine.ts';
import { fakeMenus } from './fake-menu.ts';
import { fakeNotifications, type Notifications } from './fake-notification.ts';
import { type FakeKeyStore, fakeSafeStorage } from './fake-safe-storage.ts';
import { fakeTrays } from './fake-tray.ts';
import { fakeWindows } from './fake-window.ts';

export interface FakeElectronOptions extends Omit<FakeAppOptions, 'second' | 'platform'> {
  /** Another instance runs already. */
  second?: boolean;
  platform?: NodeJS.Platform;
  /** What encrypts the token. */
  keyStore?: FakeKeyStore;
  notifications?: Notifications;
  /** A Linux desktop without a tray. */
  trayHost?: boolean;
  /** A desktop that accepts no tray icon. */
  noTray?: boolean;
  noPrinter?: boolean;
}

/**
 * Electron's main process without Electron, with Electron's own types. Its two ends are connected, so that a call through
 * `ipcRenderer` reaches `ipcMain`. README.md lists what it imitates, and the sources.
 */
export function fakeElectron(options: FakeElectronOptions) {
  const platform = options.platform ?? 'linux';
  const { app, state, becomeReady } = fakeApp({ second: false, ...options, platform }, () =>
    [...windows].map((window) => window.close()).every((closed) => closed),
  );
  const machine = fakeMachine();
  const { BrowserWindow, windows } = fakeWindows(app, platform, machine.screen.getAllDisplays, !options.noPrinter);
  const ipc = fakeIpc();
  const { Notification, ...notifications } = fakeNotifications(options.notifications ?? 'shown', platform);
  const { Tray, nativeImage, trays } = fakeTrays(options.noTray ?? false, platform);
  const { Menu, state: menus } = fakeMenus();
  const keyStore = fakeSafeStorage(options.keyStore ?? 'open', platform);
  const schemes: CustomScheme[] = [];
  const served = new Map<string, Parameters<Protocol['handle']>[1]>();
  const permissions = fakeSession();

  const protocol = {
    registerSchemesAsPrivileged(list) {
      if (state.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
      schemes.push(...list);
    },
    handle: (scheme, handler) => void served.set(scheme, handler),
  } satisfies Partial<Protocol>;

  const electron: ElectronApi = {
    app,
    BrowserWindow,
    ipcMain: ipc.ipcMain,
    Menu,
    nativeImage,
    Notification,
    powerMonitor: machine.powerMonitor,
    powerSaveBlocker: machine.powerSaveBlocker,
    protocol: protocol as unknown as Protocol,
    safeStorage: keyStore.safeStorage,
    screen: machine.screen,
    session: { defaultSession: permissions.session } as ElectronApi['session'],
    Tray,
  };

  return {
    electron,
    state,
    becomeReady,
    windows,
    notifications,
    trays,
    menus,
    machine,
    keyStore,
    ipc,
    schemes,
    permissions,
    /** The response to a page's request for an address of a custom scheme. */
    async fetch(url: string, method = 'GET'): Promise<Response> {
      const handler = served.get(url.split(':')[0] ?? '');
      if (!handler) throw new Error(`nobody serves ${url}`);
      // An address that `new Request` would normalise arrives unchanged.
      return handler({ url, method } as Request);
    },
  };
}

function fakeSession() {
  const asked = {
    request: null as Parameters<Session['setPermissionRequestHandler']>[0],
    check: null as Parameters<Session['setPermissionCheckHandler']>[0],
    device: null as Parameters<Session['setDevicePermissionHandler']>[0],
  };
  const methods = {
    setPermissionRequestHandler: (request) => void Object.assign(asked, { request }),
    setPermissionCheckHandler: (check) => void Object.assign(asked, { check }),
    setDevicePermissionHandler: (device) => void Object.assign(asked, { device }),
  } satisfies Partial<Session>;
  return { asked, session: Object.assign(new EventEmitter(), methods) as unknown as Session };
}
