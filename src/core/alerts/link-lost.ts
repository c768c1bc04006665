import type { Link, LinkState } from '#contract/link.ts';
import type { Alert } from './alert.ts';

/** Time without a link until the alert, ms. */
const LOST_AFTER_MS = 60_000;

/** Whether no orders arrive in this state. */
const NOTHING_COMES: Record<LinkState, boolean> = {
  stopped: true,
  connecting: true,
  offline: true,
  unknown: false,
  catching_up: false,
  polling: false,
  live: false,
};

/** Returns one alert each time the link has been down for a minute. `now`: monotonic ms. */
export function createLinkLost() {
  let goneAt: number | null = null;
  let notified = false;
  return ({ state, cause }: Pick<Link, 'state' | 'cause'>, now: number): Alert | null => {
    if (!NOTHING_COMES[state]) {
      goneAt = null;
      notified = false;
      return null;
    }
    goneAt ??= now;
    if (notified || now - goneAt < LOST_AFTER_MS) return null;
    notified = true;
    return { kind: 'link', cause };
  };
}
