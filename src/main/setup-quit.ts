import type { App } from 'electron';

/**
 * Quits when the window is closed, or when the program is gone that started this one and holds its channel; and ends only
 * after both databases are closed. Signals take the same way.
 */
export function setupQuit(app: App, close: () => Promise<void>): void {
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void close().finally(() => {
      closed = true;
      app.quit();
    });
  });
  app.on('window-all-closed', () => app.quit());
  process.once('disconnect', () => app.quit());
}
