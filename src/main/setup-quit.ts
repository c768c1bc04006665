import type { EventEmitter } from 'node:events';
import type { App } from 'electron';

/**
 * Quits when the last window is closed, or when the program is gone that started this one and holds its channel; and ends only
 * after both databases are closed. Signals take the same way.
 */
export function setupQuit(app: App, program: EventEmitter, close: () => Promise<void>): void {
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
  program.once('disconnect', () => app.quit());
}
