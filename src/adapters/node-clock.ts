import type { Clock } from '#core/ports.ts';

/** A timer may not wait longer than this in Node (2^31 − 1 ms); longer ones are made of several. */
const LONGEST_MS = 2 ** 31 - 1;

export const nodeClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  after(ms, run) {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      timer = setTimeout(() => (left > LONGEST_MS ? wait(left - LONGEST_MS) : run()), Math.min(left, LONGEST_MS));
    };
    wait(Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};
