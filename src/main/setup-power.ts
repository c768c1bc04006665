import { watchMachine } from '#adapters/watch-machine.ts';
import type { Shell } from './shell.ts';

/**
 * Checks the link when the machine wakes, is unlocked or changes its network (L1). Before sleep the display sends its
 * commands and saves what an offline start needs. Before shutdown both databases are closed.
 */
export function setupPower({ electron: { powerMonitor }, app, display }: Shell): void {
  powerMonitor.on('suspend', () => display.prepareForSleep());
  powerMonitor.on('resume', () => display.wake());
  // Locking the machine locks the settings too.
  powerMonitor.on('lock-screen', () => void display.call('lock', null));
  powerMonitor.on('unlock-screen', () => display.wake());
  // macOS and Linux wait for a program that prevents the default.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    app.quit();
  });
  // Windows ends the session without asking programs to quit, and waits only for this event.
  app.on('browser-window-created', (_, window) => window.on('session-end', () => void display.close()));
  watchMachine(display);
}
