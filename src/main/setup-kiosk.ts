import type { App, BrowserWindow } from 'electron';
import type { Display } from '#core/display.ts';
import { onStatus } from './on-status.ts';

/** `settings.desktop.kiosk`, on every window. The way out is that setting, which a PIN keeps. */
export function setupKiosk(app: App, Window: typeof BrowserWindow, display: Pick<Display, 'onPush'>): void {
  let kiosk = false;
  const put = (window: BrowserWindow) => {
    if (window.isKiosk() !== kiosk) window.setKiosk(kiosk);
  };
  app.on('browser-window-created', (_, window) => put(window));
  onStatus(display, ({ settings }) => {
    ({ kiosk } = settings.desktop);
    Window.getAllWindows().forEach(put);
  });
}
