import type { Troubles } from './troubles.ts';

/** A machine whose clock is further off than this is told so, ms; what is shown does not depend on it (L3). */
const CLOCK_OFF_MS = 5 * 60_000;

/** A wrong clock is told once, whenever it goes wrong. @param wallIsOff ms by which it is; null: no server has said */
export function createClockWatch(troubles: Pick<Troubles, 'begin' | 'end'>, wallIsOff: () => number | null) {
  let was = false;
  return (): void => {
    const is = Math.abs(wallIsOff() ?? 0) > CLOCK_OFF_MS;
    if (is && !was) troubles.begin('clock_wrong');
    if (!is) troubles.end('clock_wrong');
    was = is;
  };
}
