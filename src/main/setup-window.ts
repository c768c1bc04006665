import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { SCREEN_ORIGIN } from '#contract/ipc.ts';

/** The screen's window. It is shown when it has something to show. */
export function setupWindow(Window: typeof BrowserWindow, preload: string): BrowserWindow {
  const window = new Window({ ...WINDOW, webPreferences: { ...WEB_PREFERENCES, preload } });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${SCREEN_ORIGIN}/`);
  return window;
}

const WINDOW: BrowserWindowConstructorOptions = {
  title: 'Ticketrail',
  width: 1280,
  height: 800,
  minWidth: 800,
  minHeight: 480,
  show: false,
  autoHideMenuBar: true,
  // Dark like the room around the tickets, so that nothing flashes white before the first paint.
  backgroundColor: '#14171a',
};

/** The first four are Electron's defaults, written down because everything rests on them. */
const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webviewTag: false,
  // Ages and the bell go on while the window is covered.
  backgroundThrottling: false,
  // The bell rings without a click first.
  autoplayPolicy: 'no-user-gesture-required',
  spellcheck: false,
} as const;
