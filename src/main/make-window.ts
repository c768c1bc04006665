import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { SCREEN_ORIGIN } from '#contract/ipc.ts';
import type { Area } from './policy/place-window.ts';

/** The size of a new window, points. */
export const USUAL_SIZE = { width: 1280, height: 800 };

export interface WindowLook {
  /** The window's station, which the page reads from its URL; null: the station of the settings. */
  station: string | null;
  bounds: Area;
  maximized: boolean;
  fullScreen: boolean;
  /** The path of its picture; null: the system takes the program's. */
  icon: string | null;
  /** Whether a person may open the developer tools. */
  devTools: boolean;
}

/**
 * Makes a window of the screen, and shows it after its first paint. Full screen is no option of the constructor: `false` forbids it
 * on macOS, and `true` shows the window at once on Linux.
 */
export function makeWindow(Window: typeof BrowserWindow, preload: string, look: WindowLook): BrowserWindow {
  const window = new Window({
    ...WINDOW,
    ...look.bounds,
    ...(look.icon && { icon: look.icon }),
    webPreferences: { ...WEB_PREFERENCES, preload, devTools: look.devTools },
  });
  window.once('ready-to-show', () => {
    if (look.maximized) window.maximize();
    window.show();
    if (look.fullScreen) window.setFullScreen(true);
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
  // Dark like the board, so that nothing flashes white before the first paint.
  backgroundColor: '#14171a',
};

/** The first four are Electron's defaults, spelled out because security depends on them. */
const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webviewTag: false,
  // Ages and the alarm must keep running while the window is covered.
  backgroundThrottling: false,
  // The alarm must ring without a click first.
  autoplayPolicy: 'no-user-gesture-required',
  spellcheck: false,
} as const;
