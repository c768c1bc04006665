import type { EventEmitter } from 'node:events';
import type { App } from 'electron';

/**
 * Quits when the last window closes, or when the parent process that holds the IPC channel ends. Closes both databases before
 * the program exits, also after a signal.
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
