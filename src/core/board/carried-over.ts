import { DAY_MS, localDay, offsetAt } from '#contract/local-time.ts';
import { isOpen, isRinging } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';

type LeftBehind = Pick<Ticket, 'order' | 'pending' | 'ended'>;

/**
 * When the store's clock last showed this time of day (`04:00`), at or before `now`; ms. For a skipped time it is the moment
 * after the gap, for a repeated one the first.
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

/** Whether a ticket is carried over: seen, not closed, not pending, and placed, changed and due before `before` (ms). */
export function isCarriedOver({ order, pending, ended }: LeftBehind, before: number): boolean {
  if (pending || (!isOpen(order.status) && !ended) || isRinging(order)) return false;
  const times = [order.placedAt, order.updatedAt, ...(order.dueAt === null ? [] : [order.dueAt])];
  return times.every((at) => Date.parse(at) < before);
}
