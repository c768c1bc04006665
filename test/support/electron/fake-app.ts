import { EventEmitter } from 'node:events';
import type { App } from 'electron';

export interface AppState {
  ready: boolean;
  /** It has ended, with this code. */
  exitCode: number | null;
  userModelId: string | null;
  sandboxed: boolean;
}
export interface FakeApp {
  app: App;
  state: AppState;
  /** What Electron does once its main script has been run. */
  becomeReady(): void;
}

/** @param second another instance holds the lock already */
export function fakeApp(
  { userData, second }: { userData: string; second: boolean },
  closeWindows: () => void,
): FakeApp {
  const events = new EventEmitter();
  const state: AppState = { ready: false, exitCode: null, userModelId: null, sandboxed: false };
  const paths: Record<string, string> = { userData };
  const { promise: ready, resolve } = Promise.withResolvers<void>();

  const methods = {
    isPackaged: true,
    getVersion: () => '0.1.0',
    getPath: (name) => paths[name] ?? '',
    setPath(name, path) {
      paths[name] = path;
    },
    setAppUserModelId(id) {
      state.userModelId = id;
    },
    requestSingleInstanceLock: () => !second,
    enableSandbox() {
      if (state.ready) throw new Error('app.enableSandbox must be called before ready');
      state.sandboxed = true;
    },
    whenReady: () => ready,
    quit() {
      if (state.exitCode !== null) return;
      let prevented = false;
      events.emit('before-quit', { preventDefault: () => (prevented = true) });
      if (prevented) return;
      state.exitCode = 0;
      closeWindows();
    },
    exit(code = 0) {
      state.exitCode = code;
    },
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
