import { uptime } from 'node:os';
import type { Clock } from '#core/ports.ts';

/** The longest timer in Node (2^31 − 1 ms); a longer one is a chain of several. */
const LONGEST_MS = 2 ** 31 - 1;

export const nodeClock: Clock = {
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1_000,
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
