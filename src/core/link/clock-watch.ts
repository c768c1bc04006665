import { DAY_MS } from '#contract/local-time.ts';
import type { Clock } from '../ports.ts';
import type { ServerClock } from './server-clock.ts';

/** How far the server's clock may be set while the display runs, ms. */
const SET_BY_MS = 7 * DAY_MS;
/** How long a display may have been off, ms; a longer time more likely means a wrong clock. */
const OFF_FOR_MS = 90 * DAY_MS;

export type ClockWatch = ReturnType<typeof createClockWatch>;

export interface ClockWatchOptions {
  clock: Pick<Clock, 'uptime'>;
  serverClock: Pick<ServerClock, 'now' | 'wallIsOff'>;
  /** The last server time that an earlier run knew, ms; null: none. */
  knownAt: number | null;
}

/**
 * A server's clock that jumps ahead must not make the display delete data early (S7). The first time that the server sends is
 * compared with the last one known, later ones with a clock that never jumps. A clock that is behind deletes nothing.
 */
export function createClockWatch({ clock, serverClock, knownAt }: ClockWatchOptions) {
  let began: { at: number; uptime: number } | null = null;
  const start = (): { at: number; uptime: number } | null => {
    if (serverClock.wallIsOff() === null) return null;
    began ??= { at: serverClock.now(), uptime: clock.uptime() };
    return began;
  };
  return {
    /** Whether the server's clock may be used to delete data; false until the server has sent its time. */
    mayDelete(): boolean {
      const first = start();
      if (!first) return false;
      if (knownAt !== null && first.at - knownAt > OFF_FOR_MS) return false;
      // A clock that was behind at first, as on a machine without a clock battery, is corrected later.
      const behind = knownAt !== null && knownAt > first.at;
      const expected = (behind ? knownAt : first.at) + clock.uptime() - first.uptime;
      return serverClock.now() - expected <= (behind ? OFF_FOR_MS : SET_BY_MS);
    },
    /** Whether it may be used to date back what seems to be of the future; false if it was set back by days. */
    mayDateBack(): boolean {
      const first = start();
      return first !== null && first.at + clock.uptime() - first.uptime - serverClock.now() <= SET_BY_MS;
    },
  };
}
