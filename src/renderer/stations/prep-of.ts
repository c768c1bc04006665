import type { Order } from '#contract/order.ts';
import type { Station } from '#contract/settings.ts';
import type { StationOf } from './station-of.ts';

/** How far one station is with an order. */
export interface Prep {
  /** Null: what belongs to no station. */
  station: Station | null;
  done: number;
  all: number;
}

/** How far each station is, in the order of the stations; what belongs to none comes last. Counted by lines, as a ticket shows them. */
export function prepOf(order: Pick<Order, 'items'>, stations: readonly Station[], where: StationOf): Prep[] {
  const preps = [...stations, null].map((station) => ({ station, done: 0, all: 0 }));
  for (const item of order.items) {
    const id = where(item)?.id ?? null;
    const prep = preps.find(({ station }) => (station?.id ?? null) === id);
    if (!prep) continue;
    prep.all += 1;
    if (item.done) prep.done += 1;
  }
  return preps.filter(({ all }) => all > 0);
}

/** Everything that is on the ticket has been made: held courses and what belongs to no station, too. */
export const allDone = ({ items }: Pick<Order, 'items'>): boolean => items.every(({ done }) => done);
