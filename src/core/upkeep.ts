import type { Undo } from '#contract/bridge.ts';
import type { DisplayParts } from './display-parts.ts';
import type { ServerLink } from './link/link.ts';
import type { Clock } from './ports.ts';

/** Longest gap between two status pushes, ms. */
const SIGN_OF_LIFE_MS = 5_000;
/** What an offline start needs is saved this often, ms. */
const SAVE_MS = 60_000;

/** A larger clock error is a trouble, ms; the board does not depend on it (L3). */
const CLOCK_OFF_MS = 5 * 60_000;

/** Periodic work: signs of life, saving for an offline start, deleting what is too old. */
export function createUpkeep(parts: DisplayParts, link: () => ServerLink | null) {
  const { ports, serverClock, facts, history, queue, board, dayEnd, disks, troubles, pushes } = parts;
  const { clock } = ports;
  let clockWasOff = false;
  /** Until the server sends its time, the clock may be years ahead and must not decide what is too old. */
  const clockIsTrusted = (): boolean => serverClock.wallIsOff() !== null;

  let stopped = false;

  function checkDayEnd(): void {
    if (!stopped && clockIsTrusted()) disks.run('queue', dayEnd.check);
  }

  function save(): void {
    disks.run('cache', () => facts.save(serverClock.saved(), link()?.current().lastWordAt ?? null));
    if (clockIsTrusted()) {
      disks.run('cache', () => {
        facts.forgetOld(serverClock.now());
        history.prune();
      });
      disks.run('queue', queue.forgetOld);
    }
    checkDayEnd();
    board.tidy();
    pushes.request();
  }

  /** Begins the trouble each time the clock goes wrong, so that a person can dismiss it. */
  function watchClock(): void {
    const isOff = Math.abs(serverClock.wallIsOff() ?? 0) > CLOCK_OFF_MS;
    if (isOff && !clockWasOff) troubles.begin('clock_wrong');
    if (!isOff) troubles.end('clock_wrong');
    clockWasOff = isOff;
  }

  const timers = [
    every(clock, SIGN_OF_LIFE_MS, () => {
      link()?.tick();
      watchClock();
      pushes.request();
    }),
    every(clock, SAVE_MS, save),
  ];
  return {
    save,
    checkDayEnd,
    stop(): void {
      stopped = true;
      for (const stop of timers) stop();
    },
  };
}

/** The first run is after `ms`. The next one is scheduled first, so a run that throws does not end it. */
function every(clock: Clock, ms: number, run: () => void): Undo {
  let cancel = clock.after(ms, function again() {
    cancel = clock.after(ms, again);
    run();
  });
  return () => cancel();
}
