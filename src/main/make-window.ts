import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { SCREEN_ORIGIN } from '#contract/ipc.ts';
import type { Area } from './policy/place-window.ts';

/** Of a window that was never moved, points. */
export const USUAL_SIZE = { width: 1280, height: 800 };

export interface WindowLook {
  /** A window for one station, which the page reads in its address; null: what the settings say. */
  station: string | null;
  bounds: Area;
  maximized: boolean;
  fullScreen: boolean;
}

/** A window of the screen. It is shown when it has something to show. */
export function makeWindow(Window: typeof BrowserWindow, preload: string, look: WindowLook): BrowserWindow {
  const window = new Window({
    ...WINDOW,
    ...look.bounds,
    fullscreen: look.fullScreen,
    webPreferences: { ...WEB_PREFERENCES, preload },
  });
  window.once('ready-to-show', () => {
    if (look.maximized) window.maximize();
    window.show();
  });
  const query = look.station === null ? '' : `?station=${encodeURIComponent(look.station)}`;
  void window.loadURL(`${SCREEN_ORIGIN}/${query}`);
  return window;
}

const WINDOW: BrowserWindowConstructorOptions = {
  title: 'Ticketrail',
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
