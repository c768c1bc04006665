import { networkOf } from './network-of.ts';

/** Wrong codes after which `/pair` is closed to an address, and for how long (contract, section 3). */
export const WRONG_CODES = 10;
const CLOSED_MS = 10 * 60_000;
/** Wrong codes a minute of all addresses that have sent one before. */
export const WRONG_CODES_PER_MINUTE = 60;
const MINUTE = 60_000;

/** Limits how many pairing codes can be guessed. An address with no wrong code can always pair. */
export interface PairingTries {
  /**
   * Counts a try as wrong before its outcome is known, so that tries at the same time cannot bypass the limit. An IPv6
   * address counts with its /64.
   *
   * @returns the seconds to wait if it is not allowed; else takes the count back, for a try that was not wrong
   */
  begin(address: string): { wait: number } | { wait: null; wasNotWrong(): void };
}

interface Tries {
  wrong: number;
  /** Forgotten then; ms of `elapsed`. */
  until: number;
}

/** @param elapsed ms on a clock that never jumps */
export function createPairingTries(elapsed: () => number = () => performance.now()): PairingTries {
  const byNetwork = new Map<string, Tries>();
  let all: Tries = { wrong: 0, until: 0 };

  function forgetOld(now: number): void {
    if (now >= all.until) {
      all = { wrong: 0, until: now + MINUTE };
      for (const [network, { until }] of byNetwork) if (now >= until) byNetwork.delete(network);
    }
  }

  return {
    begin(address) {
      const now = elapsed();
      forgetOld(now);
      const network = networkOf(address);
      const known = byNetwork.get(network);
      const mine = known && now < known.until ? known : { wrong: 0, until: 0 };
      const wait = (until: number) => ({ wait: Math.max(1, Math.ceil((until - now) / 1000)) });
      if (mine.wrong >= WRONG_CODES) return wait(mine.until);
      if (mine.wrong > 0 && all.wrong >= WRONG_CODES_PER_MINUTE) return wait(all.until);
      const both = [mine, all];
      for (const tries of both) tries.wrong++;
      mine.until = now + CLOSED_MS;
      byNetwork.set(network, mine);
      return {
        wait: null,
        wasNotWrong() {
          for (const tries of both) tries.wrong--;
        },
      };
    },
  };
}
