import type { Undo } from '#contract/bridge.ts';

/** Longer than the longest sound, ms. */
export const TURN_MS = 1_300;

/**
 * Plays sounds one after the other, because two at once are hard to distinguish. A queued sound is not queued twice.
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
