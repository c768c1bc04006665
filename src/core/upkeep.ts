import type { Undo } from '#contract/bridge.ts';
import type { DisplayParts } from './display-parts.ts';
import type { ServerLink } from './link/link.ts';
import type { Clock } from './ports.ts';

/** Longest gap between two status pushes, ms. */
const SIGN_OF_LIFE_MS = 5_000;
/** What an offline start needs is saved this often, ms. */
const SAVE_MS = 60_000;
/** The store's settings are asked for this often, ms. */
const REFRESH_STORE_MS = 60_000;
/** Papers that a disk did not take, or that waited for the shop's name, are looked for this often, ms. */
const LOOK_FOR_PAPERS_MS = 15_000;
/** Damaged rows are looked for this often, ms. */
const CHECK_ROWS_MS = 60_000;

/** A larger clock error is a trouble, ms; the board does not depend on it (L3). */
const CLOCK_OFF_MS = 5 * 60_000;
/** A server's clock set back by more had run ahead, and may have made this display delete too much, ms. */
const SET_BACK_MS = 3_600_000;

export interface UpkeepOptions {
  link(): ServerLink | null;
  /** Reports files that were removed or replaced. */
  checkFiles(): void;
  /** Mends and reports damaged rows, a few at each call. */
  checkRows(): void;
  refreshStore(): void;
}

/** Periodic work: signs of life, saving for an offline start, deleting what is too old. */
export function createUpkeep(parts: DisplayParts, { link, checkFiles, checkRows, refreshStore }: UpkeepOptions) {
  const {
    ports,
    serverClock,
    clockWatch,
    sync,
    facts,
    history,
    queue,
    board,
    dayEnd,
    disks,
    printing,
    troubles,
    pushes,
  } = parts;
  const { clock } = ports;
  let clockWasOff = false;
  /** The newest server time by which the board left out what is old, ms. */
  let newest = Number.NEGATIVE_INFINITY;
  let stopped = false;

  function checkDayEnd(): void {
    if (!stopped && clockWatch.mayDelete()) disks.run('queue', dayEnd.check);
  }

  function save(): void {
    disks.run('cache', () => facts.save(serverClock.saved(), link()?.current().lastWordAt ?? null));
    const mayDelete = clockWatch.mayDelete();
    disks.run('queue', clockWatch.save);
    if (mayDelete) {
      disks.run('cache', () => {
        facts.forgetOld(serverClock.now());
        history.prune();
      });
      disks.run('queue', () => queue.forgetOld(clockWatch.mayDateBack()));
      printing.forgetOld();
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

  /** After a time that ran ahead, fetches again what may have been deleted, or left out of a snapshot, by it. */
  function watchServerClock(): void {
    if (serverClock.wallIsOff() === null || sync.position().epoch === null) return;
    const now = serverClock.now();
    const byMs = Math.max(newest, facts.prunedAt() ?? now) - now;
    if (byMs > SET_BACK_MS)
      disks.run('cache', () => {
        ports.log.warn('the server set its clock back; the orders are fetched again', { byMs });
        link()?.startOver();
        newest = now;
      });
    else newest = now;
  }

  const timers = [
    every(clock, SIGN_OF_LIFE_MS, () => {
      link()?.tick();
      watchClock();
      watchServerClock();
      checkFiles();
      pushes.request();
    }),
    every(clock, SAVE_MS, save),
    every(clock, LOOK_FOR_PAPERS_MS, printing.look),
    every(clock, CHECK_ROWS_MS, checkRows),
    every(clock, REFRESH_STORE_MS, refreshStore),
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
