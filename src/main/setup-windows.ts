import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { GoTo } from '#contract/desktop.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { WindowMemory } from './create-window-memory.ts';
import { makeWindow } from './make-window.ts';
import type { NavigationMailbox } from './navigation-mailbox.ts';
import { onStatus } from './on-status.ts';
import { closeAction } from './policy/close-action.ts';
import { isKioskLocked } from './policy/is-kiosk-locked.ts';
import type { Kiosk } from './setup-kiosk.ts';
import type { Monitors } from './setup-monitors.ts';
import type { Shell } from './shell.ts';

export type Windows = ReturnType<typeof setupWindows>;

/**
 * The first window and those for other stations: one core, a view for each page. They reopen at their last place, if the
 * monitors allow it. `closeAction` decides what their close button does.
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
  /** Stations whose windows the close button has hidden. */
  const hidden = new Set<string | null>();
  let status: DisplayStatus | null = null;
  let quitting = false;

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
    window.on('close', (event) => {
      memory.save();
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

  /** While the first window is open, only its page rings. */
  function ringOnce(): void {
    for (const [station, { webContents }] of windows) webContents.setAudioMuted(station !== null && windows.has(null));
  }

  const closeActionOf = (station: string | null) =>
    closeAction({
      quitting,
      locked: status !== null && isKioskLocked(status),
      toTray: status?.settings.desktop.closeToTray ?? false,
      tray: status?.desktop?.tray ?? 'missing',
      second: station !== null,
    });

  /** Brings a station's window forward, or makes it; null: the first window. */
  function open(station: string | null = null): BrowserWindow {
    const existing = windows.get(station);
    if (!existing) return make(station);
    hidden.delete(station);
    if (existing.isMinimized()) existing.restore();
    existing.show();
    existing.focus();
    return existing;
  }

  onStatus(display, (now) => {
    status = now;
    // Without a tray nothing could bring them back.
    if (now.desktop?.tray === 'missing') for (const station of hidden) open(station);
  });
  const letClose = (): void => {
    memory.end();
    quitting = true;
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
      const leaves = goTo?.to === 'pair' && status !== null && isKioskLocked(status);
      if (goTo && !leaves) mailbox.send(webContents, goTo);
    },
    /** Lets all windows close from now on. On macOS they close before the program gets `before-quit`. */
    letClose,
  };
}
