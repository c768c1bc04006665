/** `Date` of an answer has whole seconds and some delay: a smaller difference is none. ms */
const TOLERANCE_MS = 3_000;

/** The server's time on a phone whose own clock may be wrong. All in ms. */
export interface ServerClock {
  now(): number;
  /** @param date the `Date` header of an answer that has just come */
  set(date: string | null): void;
}

/** @param elapsed a clock that never jumps; it may stand still while the phone sleeps */
export function createServerClock(start: number, elapsed: () => number): ServerClock {
  let offset = start - elapsed();
  const now = (): number => elapsed() + offset;
  return {
    now,
    set(date) {
      const at = Date.parse(date ?? '');
      if (Math.abs(at - now()) > TOLERANCE_MS) offset = at - elapsed();
    },
  };
}
