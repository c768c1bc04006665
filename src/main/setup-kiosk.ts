import type { BrowserWindow } from 'electron';
import type { Display } from '#core/display.ts';
import { onStatus } from './on-status.ts';
import { isKioskLocked } from './policy/is-kiosk-locked.ts';

export type Kiosk = ReturnType<typeof setupKiosk>;

/**
 * Applies `settings.desktop.kiosk`, which a PIN protects, to every window. While it is locked, no window stays minimised. A hidden
 * window waits until it is shown, because full screen shows it on Linux, even before its page has painted. When it ends, a window is
 * full screen if it was before.
 */
export function setupKiosk(display: Pick<Display, 'onPush'>) {
  let on = false;
  let locked = false;
  /** Whether a window was full screen before its kiosk, or would have opened so. */
  const windows = new Map<BrowserWindow, { fullScreen: boolean }>();
  /** Not Electron's `isKiosk`, which is `isFullScreen` on Windows and Linux. */
  const kiosks = new Set<BrowserWindow>();

  function apply(window: BrowserWindow): void {
    const before = windows.get(window);
    if (!before || !window.isVisible() || kiosks.has(window) === on) return;
    if (on) {
      before.fullScreen ||= window.isFullScreen();
      kiosks.add(window);
      window.setKiosk(true);
    } else {
      kiosks.delete(window);
      window.setKiosk(false);
      if (before.fullScreen) window.setFullScreen(true);
      before.fullScreen = false;
    }
  }
  onStatus(display, (status) => {
    on = status.settings.desktop.kiosk;
    locked = isKioskLocked(status);
    for (const window of windows.keys()) apply(window);
  });
  /** Undoes what a key or menu of the system did. On Windows the event precedes the change, so this waits for it. */
  const undo = (window: BrowserWindow, how: () => void) =>
    setImmediate(() => !window.isDestroyed() && kiosks.has(window) && how());

  return {
    isOn: () => on,
    /** Whether it is on, and its PIN is not entered. */
    isLocked: () => locked,
    /** Whether the window is full screen, or would be without the kiosk. */
    isFullScreen: (window: BrowserWindow): boolean =>
      windows.get(window)?.fullScreen || (window.isFullScreen() && !kiosks.has(window)),
    /** @param fullScreen whether it would open full screen, but for the kiosk */
    follow(window: BrowserWindow, fullScreen: boolean): void {
      windows.set(window, { fullScreen: on && fullScreen });
      window.on('show', () => apply(window));
      window.on('leave-full-screen', () => undo(window, () => window.setFullScreen(true)));
      window.on('minimize', () => locked && undo(window, () => window.restore()));
      window.on('closed', () => {
        windows.delete(window);
        kiosks.delete(window);
      });
    },
  };
}
