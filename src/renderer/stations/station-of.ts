import type { Item } from '#contract/order.ts';
import type { Station } from '#contract/settings.ts';

/** Null: no station prepares it. */
export type StationOf = (item: Pick<Item, 'station' | 'name'>) => Station | null;

/**
 * Where an item is prepared: at the station that its `station` field names, else at the first one that lists a part of its
 * name. Never at two, so that nobody ticks off the work of others.
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

const folded = (text: string): string => text.trim().normalize('NFKC').toLowerCase();
