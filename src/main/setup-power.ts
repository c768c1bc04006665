import { watchMachine } from '#adapters/watch-machine.ts';
import type { Shell } from './shell.ts';

/**
 * Checks the link when the machine wakes, is unlocked or its network changes (L1). Before it sleeps, the display sends its
 * commands and saves what an offline start needs; before it shuts down, both databases are closed.
 */
export function setupPower({ electron: { powerMonitor }, app, display }: Shell): void {
  powerMonitor.on('suspend', () => display.prepareForSleep());
  powerMonitor.on('resume', () => display.wake());
  // Somebody who leaves the machine leaves the settings locked.
  powerMonitor.on('lock-screen', () => void display.call('lock', null));
  powerMonitor.on('unlock-screen', () => display.wake());
  // macOS and Linux wait for a program that prevents the default, and then end.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    app.quit();
  });
  // Windows ends its session without asking the program to quit, and waits only for this event.
  app.on('browser-window-created', (_, window) => window.on('session-end', () => void display.close()));
  watchMachine(display);
}
