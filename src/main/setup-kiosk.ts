import type { BrowserWindow } from 'electron';
import { onStatus } from './on-status.ts';
import type { Shell } from './shell.ts';

/** Applies `settings.desktop.kiosk` to every window. The way out is that setting, which a PIN protects. */
export function setupKiosk({ electron, display }: Shell): void {
  let kiosk = false;
  const put = (window: BrowserWindow) => {
    if (window.isKiosk() !== kiosk) window.setKiosk(kiosk);
  };
  electron.app.on('browser-window-created', (_, window) => put(window));
  onStatus(display, ({ settings }) => {
    ({ kiosk } = settings.desktop);
    electron.BrowserWindow.getAllWindows().forEach(put);
  });
}
