import type { Link } from '#contract/link.ts';
import type { View } from './view-store.ts';

/** Server time now (L3); null before the first status. */
export function serverNow(view: Pick<View, 'status' | 'statusAt'>, pageNow: number): number | null {
  return view.status && view.status.serverNow + (pageNow - view.statusAt);
}

const NEVER_HEARD: Link = { state: 'unknown', since: 0, cause: null, lastWordAt: null };

/**
 * The link as the screen may show it: the core's last report, or `offline` with the cause `host` if the page has lost the
 * core.
 */
export function shownLink({ carrierUp, silent, status }: View): Link {
  if (!status) return silent ? { ...NEVER_HEARD, state: 'offline', cause: 'host' } : NEVER_HEARD;
  if (carrierUp !== false && !silent) return status.link;
  return { state: 'offline', since: status.serverNow, cause: 'host', lastWordAt: status.link.lastWordAt };
}

const REACHED: ReadonlySet<Link['state']> = new Set(['live', 'catching_up', 'polling']);
/** Whether it makes sense to call the server now. It may still not answer. */
export const serverIsThere = (view: View): boolean => REACHED.has(shownLink(view).state);
