import type { Order } from '#contract/order.ts';
import { RANK } from '#contract/status.ts';

/** As a display's default for every kind of order, ms. */
const LATE_MS = 10 * 60_000;

/**
 * Since when an order that is not ready yet is late, ms; null: it is not. By its promised time, else ten minutes after it was placed,
 * as on a display.
 */
export function lateSince({ status, dueAt, placedAt, createdAt }: Order, now: number): number | null {
  const rank = RANK[status];
  if (rank === null || rank >= 2) return null;
  const placed = Math.min(Date.parse(placedAt), Date.parse(createdAt));
  const late = dueAt === null ? placed + LATE_MS : Math.max(Date.parse(dueAt), placed);
  return now >= late ? late : null;
}
