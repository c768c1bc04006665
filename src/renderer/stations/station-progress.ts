import type { Order } from '#contract/order.ts';
import type { Station } from '#contract/settings.ts';
import type { StationOf } from '#contract/station-of.ts';

/** How far one station is with an order, counted in lines of the ticket. */
export interface StationProgress {
  /** Null: items that belong to no station. */
  station: Station | null;
  done: number;
  all: number;
}

/** One entry per station with items in the order, in the order of the stations; items without a station come last. */
export function stationProgress(
  order: Pick<Order, 'items' | 'source'>,
  stations: readonly Station[],
  where: StationOf,
): StationProgress[] {
  const all = [...stations, null].map((station) => ({ station, done: 0, all: 0 }));
  for (const item of order.items) {
    const id = where(item, order.source)?.id ?? null;
    const progress = all.find(({ station }) => (station?.id ?? null) === id);
    if (!progress) continue;
    progress.all += 1;
    if (item.done) progress.done += 1;
  }
  return all.filter((progress) => progress.all > 0);
}

/** Every item is made, including held courses and items without a station. */
export const allDone = ({ items }: Pick<Order, 'items'>): boolean => items.every(({ done }) => done);
