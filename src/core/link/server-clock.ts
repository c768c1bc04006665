import type { Clock } from '../ports.ts';

const KEPT = 8;
/** How far the estimate may exceed what the fastest recent beat shows, ms. Slow links stay well within it. */
const BEAT_SLACK_MS = 500;
/** An exchange that differs by more than its round trip and this much from the estimate shows that a clock was set, ms. */
const SET_MS = 5_000;

/** Server time minus monotonic time, measured by one exchange, and its round trip, ms. */
export interface ClockSample {
  offset: number;
  roundTrip: number;
}

/**
 * Rule L3: the offset of the exchange with the shortest round trip. A beat travels one way, so its offset is too low by
 * its delay. The highest beat offset is therefore a floor. With enough beats, a ceiling slightly above it makes the
 * estimate follow a server clock that drifts or is set while the socket stays up for days.
 *
 * @param exchanges and `beats` (offsets): the last 8 of each
 */
export function estimateOffset(exchanges: readonly ClockSample[], beats: readonly number[]): number | null {
  const floor = beats.length ? Math.max(...beats) : null;
  if (!exchanges.length) return floor;
  const best = exchanges.reduce((a, b) => (b.roundTrip < a.roundTrip ? b : a)).offset;
  if (floor === null) return best;
  const ceiling = beats.length >= KEPT ? floor + BEAT_SLACK_MS : Number.POSITIVE_INFINITY;
  return Math.min(Math.max(best, floor), ceiling);
}

/** Saved so that ages are known after an offline start: server minus wall clock, and the last known server time. */
export interface SavedClock {
  wallOffset: number;
  heardAt: number;
}

export type ServerClock = ReturnType<typeof createServerClock>;

/** The server's time as this display estimates it. */
export function createServerClock(clock: Clock, saved: SavedClock | null) {
  const exchanges: ClockSample[] = [];
  const beats: number[] = [];
  // Until the server sends its time: the wall clock plus the saved offset, but never earlier than the last known time.
  const wallNow = clock.wall() + (saved?.wallOffset ?? 0);
  let offset = Math.max(wallNow, saved?.heardAt ?? wallNow) - clock.monotonic();
  let heard = 0;
  let latest = saved?.heardAt ?? Number.NEGATIVE_INFINITY;

  const now = (): number => Math.round(clock.monotonic() + offset);

  function keep<T>(list: T[], value: T): void {
    list.push(value);
    if (list.length > KEPT) list.shift();
    offset = estimateOffset(exchanges, beats) ?? offset;
    heard++;
    latest = Math.max(latest, now());
  }

  return {
    /** Estimated server time, ms since 1970. Jumps of the wall clock do not affect it while the program runs. */
    now,
    /** The latest time that the server has shown, in earlier runs too, ms. Never goes back. */
    latest: (): number => Math.max(latest, now()),
    /** The server sent its time in the answer to a request sent at `sentAt` (monotonic ms). */
    answered(sentAt: number, serverTime: string): void {
      const at = clock.monotonic();
      const sample = { offset: Date.parse(serverTime) - (sentAt + at) / 2, roundTrip: at - sentAt };
      if (Math.abs(sample.offset - offset) > sample.roundTrip + SET_MS) {
        exchanges.length = 0;
        beats.length = 0;
      }
      keep(exchanges, sample);
    },
    beat: (serverTime: string): void => keep(beats, Date.parse(serverTime) - clock.monotonic()),
    /** How often the server has sent its time since the start; until then, `now` may be years off. */
    heard: (): number => heard,
    /** How far the machine's clock is off, ms; null until the server has sent its time. */
    wallIsOff: (): number | null => (heard ? clock.wall() - now() : null),
    saved: (): SavedClock | null => (heard ? { wallOffset: now() - clock.wall(), heardAt: now() } : saved),
  };
}
