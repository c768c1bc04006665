import type { App, PowerMonitor } from 'electron';
import { watchMachine } from '#adapters/watch-machine.ts';
import type { Undo } from '#contract/bridge.ts';
import type { Display } from '#core/display.ts';

/**
 * The link is checked at once when the machine wakes, is unlocked or its network changes (L1). Before it sleeps, what waits
 * is sent and what an offline start needs is written; when it is switched off, both databases are closed.
 */
export function setupPower(powerMonitor: PowerMonitor, app: App, display: Display): Undo {
  const wake = () => display.wake();
  const rest = () => display.prepareForSleep();
  /** Who leaves the machine, leaves the locked settings. */
  const lock = () => void display.call('lock', null);
  /** macOS and Linux wait for who asks, and then ends. */
  const shutdown = (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    app.quit();
  };
  powerMonitor.on('suspend', rest);
  powerMonitor.on('resume', wake);
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('unlock-screen', wake);
  powerMonitor.on('shutdown', shutdown);
  // Windows ends its session without asking the program to quit, and waits for this event only.
  app.on('browser-window-created', (_, window) => window.on('session-end', () => void display.close()));
  const unwatch = watchMachine(display);
  return () => {
    powerMonitor.off('suspend', rest);
    powerMonitor.off('resume', wake);
    powerMonitor.off('lock-screen', lock);
    powerMonitor.off('unlock-screen', wake);
    powerMonitor.off('shutdown', shutdown);
    unwatch();
  };
}
