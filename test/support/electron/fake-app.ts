import { EventEmitter } from 'node:events';
import type { App, Dock, LoginItemSettings, RelaunchOptions } from 'electron';

export interface AppState {
  ready: boolean;
  /** The exit code, once it has ended. */
  exitCode: number | null;
  /** The options of a requested relaunch. */
  relaunch: RelaunchOptions | null;
  userModelId: string | null;
  sandboxed: boolean;
  /** The count on the icon in dock or task bar. */
  badge: number;
  /** Whether the dock icon bounces. */
  bouncing: boolean;
  openAtLogin: boolean;
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
  /** What the system reports about a requested start at login. */
  loginStatus?: LoginItemSettings['status'];
}

/** @param closeWindows asks every window to close; false: one of them stays */
export function fakeApp(
  { userData, second, loginStatus = 'enabled' }: FakeAppOptions,
  closeWindows: () => boolean,
): FakeApp {
  const events = new EventEmitter();
  const state: AppState = {
    ...{ ready: false, sandboxed: false, bouncing: false, openAtLogin: false },
    ...{ exitCode: null, relaunch: null, userModelId: null },
    badge: 0,
    schemes: [],
  };
  const set = (change: Partial<AppState>): void => void Object.assign(state, change);
  const paths: Record<string, string> = { userData };
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
    isPackaged: true,
    dock: dock as unknown as Dock,
    getVersion: () => '0.1.0',
    getAppPath: () => '/resources/app.asar',
    getPath: (name) => paths[name] ?? '',
    setPath: (name, path) => void Object.assign(paths, { [name]: path }),
    setAppUserModelId: (userModelId) => set({ userModelId }),
    setToastActivatorCLSID(id) {
      if (!/^{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}}$/i.test(id)) throw new Error('Invalid CLSID format');
    },
    setBadgeCount(count = 0) {
      state.badge = count;
      return true;
    },
    setLoginItemSettings: ({ openAtLogin = false }) => set({ openAtLogin }),
    getLoginItemSettings(): LoginItemSettings {
      const status = state.openAtLogin ? loginStatus : 'not-registered';
      const will = status === 'enabled';
      const { openAtLogin } = state;
      return { openAtLogin, executableWillLaunchAtLogin: will, wasOpenedAtLogin: false, status, launchItems: [] };
    },
    setAsDefaultProtocolClient(scheme) {
      state.schemes.push(scheme);
      return true;
    },
    setAboutPanelOptions: () => {},
    showAboutPanel: () => {},
    requestSingleInstanceLock: () => !second,
    enableSandbox() {
      if (state.ready) throw new Error('app.enableSandbox must be called before ready');
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
      if (closed) state.exitCode = 0;
    },
    relaunch: (how = {}) => set({ relaunch: how }),
    exit: (exitCode = 0) => set({ exitCode }),
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
