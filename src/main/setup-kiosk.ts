import type { BrowserWindow } from 'electron';
import { onStatus } from './on-status.ts';
import type { Shell } from './shell.ts';

/** Applies `settings.desktop.kiosk` to every window. A PIN protects that setting. */
export function setupKiosk({ electron, display }: Shell): void {
  let kiosk = false;
  const apply = (window: BrowserWindow) => {
    if (window.isKiosk() !== kiosk) window.setKiosk(kiosk);
  };
  electron.app.on('browser-window-created', (_, window) => apply(window));
  onStatus(display, ({ settings }) => {
    ({ kiosk } = settings.desktop);
    electron.BrowserWindow.getAllWindows().forEach(apply);
  });
}
