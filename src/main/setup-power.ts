import type { PowerMonitor } from 'electron';
import { watchMachine } from '#adapters/watch-machine.ts';
import type { Undo } from '#contract/bridge.ts';
import type { Display } from '#core/display.ts';

/** The link is checked at once when the machine wakes or its network changes (L1). */
export function setupPower(powerMonitor: PowerMonitor, display: Display): Undo {
  const wake = () => display.wake();
  powerMonitor.on('resume', wake);
  powerMonitor.on('unlock-screen', wake);
  const unwatch = watchMachine(display);
  return () => {
    powerMonitor.off('resume', wake);
    powerMonitor.off('unlock-screen', wake);
    unwatch();
  };
}
