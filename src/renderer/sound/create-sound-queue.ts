import type { Undo } from '#contract/bridge.ts';

/** As long as the longest sound is clear of the next one, ms. */
export const TURN_MS = 1_300;

/**
 * Lets what wants to be heard go one after the other: two sounds at once are neither of them. What waits already does not
 * wait twice.
 */
export function createSoundQueue<K>(play: (kind: K) => void): { say(kind: K): void; stop: Undo } {
  const waiting: K[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function next(): void {
    timer = undefined;
    const kind = waiting.shift();
    if (kind === undefined) return;
    timer = setTimeout(next, TURN_MS);
    play(kind);
  }

  return {
    say(kind) {
      if (!waiting.includes(kind)) waiting.push(kind);
      if (timer === undefined) next();
    },
    stop() {
      waiting.length = 0;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
