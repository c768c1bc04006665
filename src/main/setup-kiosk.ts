import type { BrowserWindow } from 'electron';
import type { Display } from '#core/display.ts';
import { onStatus } from './on-status.ts';
import { isKioskLocked } from './policy/is-kiosk-locked.ts';

export type Kiosk = ReturnType<typeof setupKiosk>;

/**
 * Applies `settings.desktop.kiosk`, which a PIN protects, to every window. While it is locked, no window stays minimised. A hidden
 * window waits until it is shown, because full screen shows it on Linux, even before its page has painted.
 */
export function setupKiosk(display: Pick<Display, 'onPush'>) {
  let on = false;
  let locked = false;
  const windows = new Set<BrowserWindow>();
  /** Not Electron's `isKiosk`, which is `isFullScreen` on Windows and Linux. */
  const kiosks = new Set<BrowserWindow>();

  function apply(window: BrowserWindow): void {
    if (!window.isVisible() || kiosks.has(window) === on) return;
    if (on) kiosks.add(window);
    else kiosks.delete(window);
    window.setKiosk(on);
  }
  onStatus(display, (status) => {
    on = status.settings.desktop.kiosk;
    locked = isKioskLocked(status);
    windows.forEach(apply);
  });
  /** Undoes what a key or menu of the system did. On Windows the event precedes the change, so this waits for it. */
  const undo = (window: BrowserWindow, how: () => void) =>
    setImmediate(() => !window.isDestroyed() && kiosks.has(window) && how());

  return {
    isOn: () => on,
    /** Whether the window is a kiosk, and not just full screen. */
    holds: (window: BrowserWindow) => kiosks.has(window),
    follow(window: BrowserWindow): void {
      windows.add(window);
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
