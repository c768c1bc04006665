import type { BrowserWindow } from 'electron';
import type { GoTo } from '#contract/desktop.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { WindowMemory } from './create-window-memory.ts';
import { makeWindow, USUAL_SIZE } from './make-window.ts';
import type { NavigationMailbox } from './navigation-mailbox.ts';
import { onStatus } from './on-status.ts';
import { closeAction } from './policy/close-action.ts';
import { isHeld } from './policy/is-held.ts';
import { placeWindow } from './policy/place-window.ts';
import type { Shell } from './shell.ts';

export type Windows = ReturnType<typeof setupWindows>;

/**
 * The first window and those for other stations: one core, a view for each page. They come back where they were, if the
 * monitors allow it; `closeAction` decides what their close button does.
 */
export function setupWindows(
  { electron, app, display }: Shell,
  preload: string,
  memory: WindowMemory,
  mailbox: NavigationMailbox,
) {
  const { BrowserWindow: Window, screen } = electron;
  const windows = new Map<string | null, BrowserWindow>();
  /** Stations whose windows their close button has hidden. */
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

  /** One page rings for all: the first window, as long as it is open. */
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

  /** Brings a station's window forward, or makes it; null: the first window. */
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
    // The tray that they were hidden in is gone.
    if (now.desktop?.tray === 'missing') for (const station of hidden) open(station);
  });
  const letGo = (): void => {
    memory.end();
    quitting = true;
  };
  app.on('before-quit', letGo);

  return {
    /** Opens the first window and those that were open when the program ended. */
    start(): void {
      for (const station of [null, ...memory.open()]) make(station);
      // A click in the dock. Not earlier: macOS emits it at the first start too.
      app.on('activate', () => void open());
    },
    open,
    /** Brings the first window forward, and its page to a place; null: as it is. */
    show(goTo: GoTo | null): void {
      const { webContents } = open();
      // A locked kiosk stays on its orders.
      const away = goTo?.to === 'pair' && status !== null && isHeld(status);
      if (goTo && !away) mailbox.send(webContents, goTo);
    },
    /** From here on a window that is told to close does: on macOS windows close before the program learns that it quits. */
    letGo,
  };
}
