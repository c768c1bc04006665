import { setTimeout as sleep } from 'node:timers/promises';
import type { OnChanges } from './displays.ts';

/** When changes arrived at the displays of a store. */
export interface Arrivals {
  /** One for each display. */
  display(): OnChanges;
  /** Resolves when every display has this change; false: not within `ms`. */
  haveAll(seq: number, ms: number): Promise<boolean>;
  /**
   * ms from the sending of each change until its arrival, one for each display, since the last call.
   *
   * @param sentAt by change
   */
  takeDelays(sentAt: ReadonlyMap<number, number>): number[];
}

const LOOK_EVERY_MS = 5;

export function createArrivals(): Arrivals {
  /** From, to and time, one after the other: many numbers, few objects. */
  const displays: { reached: number; arrived: number[] }[] = [];
  return {
    display() {
      const one = { reached: 0, arrived: [] as number[] };
      displays.push(one);
      return (from, to) => {
        one.arrived.push(from, to, performance.now());
        if (to > one.reached) one.reached = to;
      };
    },
    async haveAll(seq, ms) {
      const end = performance.now() + ms;
      while (displays.some(({ reached }) => reached < seq)) {
        if (performance.now() > end) return false;
        await sleep(LOOK_EVERY_MS);
      }
      return true;
    },
    takeDelays(sentAt) {
      const delays: number[] = [];
      for (const one of displays) {
        for (let i = 0; i < one.arrived.length; i += 3) {
          const [from = 0, to = 0, at = 0] = one.arrived.slice(i, i + 3);
          for (let seq = from + 1; seq <= to; seq++) {
            const sent = sentAt.get(seq);
            if (sent !== undefined) delays.push(at - sent);
          }
        }
        one.arrived = [];
      }
      return delays;
    },
  };
}
