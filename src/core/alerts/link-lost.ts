import type { Link, LinkState } from '#contract/link.ts';
import type { Alert } from './alert.ts';

/** A link that is gone for so long is worth more than its badge, ms. */
const LOST_AFTER_MS = 60_000;

/** Whether nothing comes through: `polling` is slow, but it comes; before the first try nothing is known. */
const NOTHING_COMES: Record<LinkState, boolean> = {
  stopped: true,
  connecting: true,
  offline: true,
  unknown: false,
  catching_up: false,
  polling: false,
  live: false,
};

/** Tells once, each time that the link has been gone for a minute, however its state changed meanwhile. `now`: monotonic ms. */
export function createLinkLost() {
  let goneAt: number | null = null;
  let told = false;
  return ({ state, cause }: Pick<Link, 'state' | 'cause'>, now: number): Alert | null => {
    if (!NOTHING_COMES[state]) {
      goneAt = null;
      told = false;
      return null;
    }
    goneAt ??= now;
    if (told || now - goneAt < LOST_AFTER_MS) return null;
    told = true;
    return { kind: 'link', cause };
  };
}
