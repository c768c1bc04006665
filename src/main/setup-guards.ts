import type { App, Session } from 'electron';
import { SCREEN_ORIGIN } from '#contract/ipc.ts';

const isScreen = (url: string): boolean => url === SCREEN_ORIGIN || url.startsWith(`${SCREEN_ORIGIN}/`);

/** No page but ours, no second window, no embedded page; whatever asks for it (Electron's security list, 11 to 14). */
export function setupGuards(app: App): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-frame-navigate', (event) => {
      if (!isScreen(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isScreen(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** The screen needs no camera, place, clipboard or device; without these Electron grants whatever is asked for. */
export function setupPermissions(session: Session): void {
  session.setPermissionRequestHandler((_, __, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
