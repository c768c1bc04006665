import type { BrowserWindow } from 'electron';
import type { GoTo } from '#contract/desktop.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Display } from '#core/display.ts';
import type { WindowMemory } from './create-window-memory.ts';
import type { ElectronApi } from './electron-api.ts';
import { makeWindow, USUAL_SIZE } from './make-window.ts';
import type { NavigationMailbox } from './navigation-mailbox.ts';
import { onStatus } from './on-status.ts';
import { closeAction } from './policy/close-action.ts';
import { isHeld } from './policy/is-held.ts';
import { placeWindow } from './policy/place-window.ts';

export interface WindowsOptions {
  electron: Pick<ElectronApi, 'app' | 'BrowserWindow' | 'screen'>;
  preload: string;
  display: Pick<Display, 'onPush'>;
  memory: WindowMemory;
  mailbox: NavigationMailbox;
}

export interface Windows {
  /** Those that were open when the program ended, and the first in any case. */
  start(): void;
  /** Brings a station's window forward, and makes it where there is none; null: the first window. */
  open(station?: string | null): BrowserWindow;
  /** Brings the first window forward, and its page there; null: as it is. */
  show(goTo: GoTo | null): void;
  /** The program is about to end: from here on a window that is told to close does. macOS closes them before it says so. */
  letGo(): void;
}

/**
 * The first window, and those for other stations: one core, each page with a view of its own. They come back where they
 * were, on the monitors that there are; what their close button means is decided in the core.
 */
export function setupWindows({ electron, preload, display, memory, mailbox }: WindowsOptions): Windows {
  const { app, BrowserWindow: Window, screen } = electron;
  const windows = new Map<string | null, BrowserWindow>();
  /** By their close button; one that is still loading is not. */
  const hidden = new Set<string | null>();
  let status: DisplayStatus | null = null;
  let quitting = false;

  function make(station: string | null): BrowserWindow {
    const was = memory.was(station);
    const [main, ...all] = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
    const bounds = placeWindow(was?.bounds ?? null, [main ?? { x: 0, y: 0, ...USUAL_SIZE }, ...all], USUAL_SIZE);
    const { maximized = false, fullScreen = false } = was ?? {};
    const window = makeWindow(Window, preload, { station, bounds, maximized, fullScreen });
    windows.set(station, window);
    window.on('close', (event) => {
      memory.keep();
      const action = closeActionOf(station);
      if (action !== 'close') event.preventDefault();
      if (action === 'minimize') window.minimize();
      if (action !== 'hide') return;
      hidden.add(station);
      window.hide();
    });
    window.on('closed', () => {
      windows.delete(station);
      ringOnce();
    });
    memory.watch(station, window);
    ringOnce();
    return window;
  }

  /** Two pages that ring on one loudspeaker are one alarm too many: as long as there is the first window, it rings. */
  function ringOnce(): void {
    for (const [station, { webContents }] of windows) webContents.setAudioMuted(station !== null && windows.has(null));
  }

  const closeActionOf = (station: string | null) =>
    closeAction({
      quitting,
      held: status !== null && isHeld(status),
      toTray: status?.settings.desktop.closeToTray ?? false,
      tray: status?.desktop?.tray ?? 'missing',
      second: station !== null,
    });

  function open(station: string | null = null): BrowserWindow {
    const there = windows.get(station);
    if (!there) return make(station);
    hidden.delete(station);
    if (there.isMinimized()) there.restore();
    there.show();
    there.focus();
    return there;
  }

  onStatus(display, (now) => {
    status = now;
    // The tray has gone away that they were hidden in.
    if (now.desktop?.tray === 'missing') for (const station of hidden) open(station);
  });
  const letGo = (): void => {
    memory.end();
    quitting = true;
  };
  app.on('before-quit', letGo);

  return {
    start() {
      for (const station of [null, ...memory.open()]) make(station);
      // The dock. Not earlier: macOS says it at the first start too.
      app.on('activate', () => void open());
    },
    open,
    show(goTo) {
      const { webContents } = open();
      // A kiosk shows its orders, whoever follows a link on it.
      const away = goTo?.to === 'pair' && status !== null && isHeld(status);
      if (goTo && !away) mailbox.send(webContents, goTo);
    },
    letGo,
  };
}
