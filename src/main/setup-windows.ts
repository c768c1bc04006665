import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { GoTo } from '#contract/desktop.ts';
import type { WindowMemory } from './create-window-memory.ts';
import { makeWindow } from './make-window.ts';
import type { NavigationMailbox } from './navigation-mailbox.ts';
import { setupCloseButton } from './setup-close-button.ts';
import type { Kiosk } from './setup-kiosk.ts';
import type { Monitors } from './setup-monitors.ts';
import type { Shell } from './shell.ts';

export type Windows = ReturnType<typeof setupWindows>;

/**
 * The first window and those for other stations: one core, a view for each page. They reopen at their last place, if the
 * monitors allow it.
 */
export function setupWindows(
  { electron, app, display, icons, platform }: Shell,
  preload: string,
  {
    memory,
    monitors,
    kiosk,
    mailbox,
  }: { memory: WindowMemory; monitors: Monitors; kiosk: Kiosk; mailbox: NavigationMailbox },
) {
  const { BrowserWindow: Window } = electron;
  const windows = new Map<string | null, BrowserWindow>();
  const closeButton = setupCloseButton(display, kiosk, (station) => open(station));

  function make(station: string | null): BrowserWindow {
    const was = memory.get(station);
    const fullScreen = was?.fullScreen ?? false;
    const window = makeWindow(Window, preload, {
      station,
      bounds: monitors.place(was?.bounds ?? null),
      maximized: was?.maximized ?? false,
      fullScreen: fullScreen && !kiosk.isOn(),
      icon: platform === 'linux' ? join(icons, 'window.png') : null,
      devTools: !app.isPackaged,
    });
    windows.set(station, window);
    monitors.follow(window);
    kiosk.follow(window, fullScreen);
    memory.watch(station, window);
    closeButton.follow(station, window);
    window.on('closed', () => {
      windows.delete(station);
      ringOnce();
    });
    ringOnce();
    return window;
  }

  /** While the first window is open, only its page rings. */
  function ringOnce(): void {
    for (const [station, { webContents }] of windows) webContents.setAudioMuted(station !== null && windows.has(null));
  }

  /** Brings a station's window forward, or makes it; null: the first window. */
  function open(station: string | null = null): BrowserWindow {
    const existing = windows.get(station);
    if (!existing) return make(station);
    if (existing.isMinimized()) existing.restore();
    existing.show();
    existing.focus();
    return existing;
  }

  const letClose = (): void => {
    memory.end();
    closeButton.letClose();
  };
  app.on('before-quit', letClose);

  return {
    /** Opens the first window and those that were open when the program ended. */
    start(): void {
      for (const station of [null, ...memory.open()]) make(station);
      // A click on the dock icon. Registered only now, because macOS also emits it at startup.
      app.on('activate', () => void open());
    },
    open,
    /** Brings the first window forward and navigates its page; null: does not navigate. */
    show(goTo: GoTo | null): void {
      const { webContents } = open();
      // A locked kiosk stays on its orders.
      const leaves = goTo?.to === 'pair' && kiosk.isLocked();
      if (goTo && !leaves) mailbox.send(webContents, goTo);
    },
    /** Lets all windows close from now on. On macOS they close before the program gets `before-quit`. */
    letClose,
  };
}
