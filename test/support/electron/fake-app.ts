import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { App, Dock, LoginItemSettings, RelaunchOptions } from 'electron';

export interface AppState {
  ready: boolean;
  /** The exit code, once it has ended. */
  exitCode: number | null;
  /** The options of a requested relaunch. */
  relaunch: RelaunchOptions | null;
  name: string;
  userModelId: string | null;
  toastActivator: string | null;
  sandboxed: boolean;
  /** The count on the icon in dock or task bar. */
  badge: number;
  /** Whether the dock icon bounces. */
  bouncing: boolean;
  openAtLogin: boolean;
  /** Whether a user has switched the start at login off in Windows' Task Manager. */
  switchedOff: boolean;
  /** Whether this instance holds the single-instance lock. */
  locked: boolean;
  /** Schemes whose links this program opens. */
  schemes: string[];
}
export interface FakeApp {
  app: App;
  state: AppState;
  /** What Electron does once its main script has run. */
  becomeReady(): void;
}
export interface FakeAppOptions {
  userData: string;
  /** Another instance holds the lock already. */
  second: boolean;
  platform: NodeJS.Platform;
  /** The program is installed; false: it runs from a checkout. */
  packaged?: boolean;
  /** What macOS reports about a requested start at login. */
  loginStatus?: LoginItemSettings['status'];
  /** The start at login, from an earlier run. */
  login?: Pick<AppState, 'openAtLogin' | 'switchedOff'>;
}

/** @param closeWindows asks every window to close; false: one of them stays */
export function fakeApp(
  { userData, second, platform, packaged = true, loginStatus = 'enabled', login }: FakeAppOptions,
  closeWindows: () => boolean,
): FakeApp {
  const events = new EventEmitter();
  const state: AppState = {
    ...{ ready: false, sandboxed: false, bouncing: false, openAtLogin: false, switchedOff: false, locked: false },
    ...{ exitCode: null, relaunch: null, userModelId: null, toastActivator: null },
    // Of a checkout: Electron finds no package.json beside the script.
    name: packaged ? 'Ticketrail' : 'Electron',
    badge: 0,
    schemes: [],
    ...login,
  };
  const set = (change: Partial<AppState>): void => void Object.assign(state, change);
  const appData = join(userData, '..');
  const paths: Record<string, string> = { appData, userData: packaged ? userData : join(appData, state.name) };
  const end = (exitCode: number): void => {
    if (state.exitCode !== null) return;
    set({ exitCode });
    events.emit('quit', {}, exitCode);
  };
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  let quitting = false;

  const dock = {
    bounce() {
      state.bouncing = true;
      return 1;
    },
    cancelBounce: () => set({ bouncing: false }),
  } satisfies Partial<Dock>;

  const methods = {
    isPackaged: packaged,
    dock: dock as unknown as Dock,
    getVersion: () => '0.1.0',
    setName: (name) => set({ name }),
    getAppPath: () => '/resources/app.asar',
    getPath: (name) => paths[name] ?? '',
    setPath: (name, path) => void Object.assign(paths, { [name]: path }),
    setAppUserModelId: (userModelId) => set({ userModelId }),
    setToastActivatorCLSID(id) {
      if (!/^{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}}$/i.test(id)) throw new Error('Invalid CLSID format');
      set({ toastActivator: id });
    },
    setBadgeCount(count = 0) {
      state.badge = count;
      return true;
    },
    setLoginItemSettings: ({ openAtLogin = false }) => set({ openAtLogin, switchedOff: false }),
    getLoginItemSettings(): LoginItemSettings {
      const status = state.openAtLogin ? loginStatus : 'not-registered';
      const openAtLogin = platform === 'darwin' ? status === 'enabled' : state.openAtLogin;
      const executableWillLaunchAtLogin = platform === 'win32' && state.openAtLogin && !state.switchedOff;
      return { openAtLogin, executableWillLaunchAtLogin, wasOpenedAtLogin: false, status, launchItems: [] };
    },
    setAsDefaultProtocolClient(scheme) {
      state.schemes.push(scheme);
      return true;
    },
    setAboutPanelOptions: () => {},
    showAboutPanel: () => {},
    requestSingleInstanceLock() {
      set({ locked: !second });
      return !second;
    },
    releaseSingleInstanceLock: () => set({ locked: false }),
    enableSandbox() {
      if (state.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
      state.sandboxed = true;
    },
    whenReady: () => ready,
    /** A handler or a window that stays open may prevent it from ending. */
    quit() {
      if (state.exitCode !== null || quitting) return;
      let prevented = false;
      events.emit('before-quit', { preventDefault: () => (prevented = true) });
      if (prevented) return;
      quitting = true;
      const closed = closeWindows();
      quitting = false;
      if (closed) end(0);
    },
    relaunch: (how = {}) => set({ relaunch: how }),
    exit: (exitCode = 0) => end(exitCode),
  } satisfies Partial<App>;

  return {
    app: Object.assign(events, methods) as unknown as App,
    state,
    becomeReady() {
      state.ready = true;
      resolve();
    },
  };
}
