import type { App, Session } from 'electron';
import { SCREEN_ORIGIN } from '#contract/ipc.ts';

const isScreen = (url: string): boolean => url === SCREEN_ORIGIN || url.startsWith(`${SCREEN_ORIGIN}/`);

/** Denies any page but ours, new windows and embedded pages (Electron's security checklist, 11 to 14). */
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

/** Denies every permission and device: the screen needs none, and Electron grants them all by default. */
export function setupPermissions(session: Session): void {
  session.setPermissionRequestHandler((_, __, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
