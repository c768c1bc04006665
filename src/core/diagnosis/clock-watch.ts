import type { Troubles } from './troubles.ts';

/** A clock that is further off than this is a trouble, ms; what is shown does not depend on it (L3). */
const CLOCK_OFF_MS = 5 * 60_000;

/** Begins a trouble each time the clock goes wrong. @param wallIsOff by how much, ms; null before the server's first word */
export function createClockWatch(troubles: Pick<Troubles, 'begin' | 'end'>, wallIsOff: () => number | null) {
  let was = false;
  return (): void => {
    const is = Math.abs(wallIsOff() ?? 0) > CLOCK_OFF_MS;
    if (is && !was) troubles.begin('clock_wrong');
    if (!is) troubles.end('clock_wrong');
    was = is;
  };
}
