import { BelievedTime, createBelievedClock } from '#contract/believed-clock.ts';
import { DAY_MS } from '#contract/local-time.ts';
import type { Clock } from '../ports.ts';
import type { QueueStore } from '../stores.ts';
import type { ServerClock } from './server-clock.ts';

/** How far back the server's clock may be set while the display runs, ms. */
const SET_BACK_MS = 7 * DAY_MS;

export type ClockWatch = ReturnType<typeof createClockWatch>;

export interface ClockWatchOptions {
  clock: Pick<Clock, 'uptime'>;
  serverClock: Pick<ServerClock, 'now' | 'wallIsOff'>;
  /** The queue's, since the cache may be lost. */
  store: Pick<QueueStore, 'note' | 'setNote'>;
}

/** Whether the server's clock may be used to delete data, as {@link createBelievedClock} decides. */
export function createClockWatch({ clock, serverClock, store }: ClockWatchOptions) {
  let stored = BelievedTime.safeParse(store.note('believed_time')).data ?? null;
  const believed = createBelievedClock(stored);
  let began: { at: number; uptime: number } | null = null;
  /** The server's time, or null until it has sent it. */
  function heard(): number | null {
    if (serverClock.wallIsOff() === null) return null;
    const now = serverClock.now();
    began ??= { at: now, uptime: clock.uptime() };
    return now;
  }
  /** Whether the server's clock may be used to delete data; false until the server has sent its time. */
  function mayDelete(): boolean {
    const now = heard();
    return now !== null && believed.look(now, clock.uptime()).isBelieved;
  }
  return {
    mayDelete,
    /** Whether it may be used to date back what seems to be of the future; false if it was set back by days. */
    mayDateBack(): boolean {
      const now = heard();
      return now !== null && began !== null && began.at + clock.uptime() - began.uptime - now <= SET_BACK_MS;
    },
    /** Stores what the next run must know. Throws `StorageError`. */
    save(): void {
      const next = believed.toStore(stored);
      if (next) store.setNote('believed_time', next);
      stored = next ?? stored;
    },
  };
}
