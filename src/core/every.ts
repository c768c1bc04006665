import type { Undo } from '#contract/bridge.ts';
import type { Clock } from './ports.ts';

/** Runs something every so many ms, first after as many; one run that throws does not end it. */
export function every(clock: Clock, ms: number, run: () => void): Undo {
  let cancel = clock.after(ms, function again() {
    cancel = clock.after(ms, again);
    run();
  });
  return () => cancel();
}
