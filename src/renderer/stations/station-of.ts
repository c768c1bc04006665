import type { Item } from '#contract/order.ts';
import type { Station } from '#contract/settings.ts';
import { folded } from '../shared/folded.ts';

/** Null: no station prepares the item. */
export type StationOf = (item: Pick<Item, 'station' | 'name'>) => Station | null;

/**
 * The station that prepares an item: the one that its `station` field names, else the first one that lists a part of its name.
 * Never two, so that nobody ticks off the work of others.
 */
export function stationOf(stations: readonly Station[]): StationOf {
  const rules = stations.map((station) => ({
    station,
    fields: new Set([station.id, ...station.stations].map(folded)),
    parts: station.names.map(folded),
  }));
  return ({ station, name }) => {
    const field = station === null ? '' : folded(station);
    const named = field && rules.find(({ fields }) => fields.has(field));
    if (named) return named.station;
    const words = folded(name);
    return rules.find(({ parts }) => parts.some((part) => words.includes(part)))?.station ?? null;
  };
}
