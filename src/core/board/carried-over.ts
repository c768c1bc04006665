import { DAY_MS, localDay, offsetAt } from '#contract/local-time.ts';
import { isOpen, isRinging } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';

type LeftBehind = Pick<Ticket, 'order' | 'pending' | 'ended'>;

/**
 * When the store's clock last showed this time of day, at or before `now`; ms. Of a time that the clocks skip, the moment
 * after the gap; of one that comes twice, the first.
 *
 * @param time `04:00`
 * @param timeZone IANA name
 */
export function lastTimeOfDay(time: string, timeZone: string, now: number): number {
  const today = localDay(now, timeZone);
  for (const back of [0, 1, 2]) {
    const wall = Date.parse(`${today}T${time}:00Z`) - back * DAY_MS;
    // The offset before the moment and the one after it differ where the clocks change; the earlier moment is the first.
    const moments = [wall - offsetAt(wall - DAY_MS, timeZone), wall - offsetAt(wall + DAY_MS, timeZone)];
    const showing = moments.filter((at) => at + offsetAt(at, timeZone) === wall);
    const at = showing.length ? Math.min(...showing) : Math.max(...moments);
    if (at <= now) return at;
  }
  return now - DAY_MS;
}

/**
 * Whether a ticket is left over from before `before` (ms): open or called off, placed then, touched by nobody since, promised
 * for no later time, seen by somebody, and without a tap that waits for its answer. Any change brings it back, for then it
 * is in work.
 */
export function isCarriedOver({ order, pending, ended }: LeftBehind, before: number): boolean {
  if (pending || (!isOpen(order.status) && !ended) || isRinging(order)) return false;
  const times = [order.placedAt, order.updatedAt, ...(order.dueAt === null ? [] : [order.dueAt])];
  return times.every((at) => Date.parse(at) < before);
}
