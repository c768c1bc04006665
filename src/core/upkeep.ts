import type { Undo } from '#contract/bridge.ts';
import type { BoardModel } from './board/board.ts';
import type { DayEnd } from './board/day-end.ts';
import type { Pushes } from './bridge/pushes.ts';
import type { CachedFacts } from './cached-facts.ts';
import { createClockWatch } from './diagnosis/clock-watch.ts';
import type { Troubles } from './diagnosis/troubles.ts';
import type { DiskGuard } from './disk-guard.ts';
import type { History } from './history/history.ts';
import type { ServerLink } from './link/link.ts';
import type { ServerClock } from './link/server-clock.ts';
import type { Clock } from './ports.ts';
import type { Queue } from './queue/queue.ts';

/** The status is pushed at least this often, as a sign of life, ms. */
const SIGN_OF_LIFE_MS = 5_000;
/** What an offline start needs is saved this often, ms. */
const SAVE_MS = 60_000;

export interface UpkeepParts {
  clock: Clock;
  serverClock: ServerClock;
  facts: CachedFacts;
  history: History;
  queue: Queue;
  board: BoardModel;
  dayEnd: DayEnd;
  disks: DiskGuard;
  troubles: Troubles;
  pushes: Pushes;
  link(): ServerLink | null;
}

/** What has to be done from time to time: signs of life, saving for an offline start, forgetting what is too old. */
export function createUpkeep(parts: UpkeepParts) {
  const { clock, serverClock, facts, history, queue, board, dayEnd, disks, troubles, pushes, link } = parts;
  const watchClock = createClockWatch(troubles, serverClock.wallIsOff);
  /** Without a word from the server the clock may be years ahead, and must not decide what is too old. */
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
