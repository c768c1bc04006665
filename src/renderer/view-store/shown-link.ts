import type { Link } from '#contract/link.ts';
import type { View } from './view-store.ts';

/** Server time now (L3), or null before the first word of the display program. */
export function serverNow(view: Pick<View, 'status' | 'statusAt'>, pageNow: number): number | null {
  return view.status && view.status.serverNow + (pageNow - view.statusAt);
}

const NEVER_HEARD: Link = { state: 'unknown', since: 0, cause: null, lastWordAt: null };

/**
 * The link as the screen may show it: what the core last said, unless the page has lost the core itself. Then whatever it
 * said is old, and the state is `offline` for the cause `host`.
 */
export function shownLink({ carrierUp, silent, status }: View): Link {
  if (!status) return silent ? { ...NEVER_HEARD, state: 'offline', cause: 'host' } : NEVER_HEARD;
  if (carrierUp !== false && !silent) return status.link;
  return { state: 'offline', since: status.serverNow, cause: 'host', lastWordAt: status.link.lastWordAt };
}

const REACHED: ReadonlySet<Link['state']> = new Set(['live', 'catching_up', 'polling']);
/** Whether the server can be asked now. It may still not answer. */
export const serverIsThere = (view: View): boolean => REACHED.has(shownLink(view).state);
