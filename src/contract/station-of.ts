import { folded } from './folded.ts';
import type { Item } from './order.ts';
import type { Station } from './settings.ts';

/**
 * The station that prepares an item of an order from `source`; null: none does.
 */
export type StationOf = (item: Pick<Item, 'station' | 'name'>, source: string | null) => Station | null;

/**
 * The station that prepares an item: the one that its `station` field names, else the first one that lists a part of its name,
 * else the first one that takes the order's source. Never two, so that nobody ticks off the work of others.
 */
export function stationOf(stations: readonly Station[]): StationOf {
  const rules = stations.map((station) => ({
    station,
    fields: new Set([station.id, ...station.stations].map(folded)),
    parts: station.names.map(folded),
    sources: new Set(station.sources?.map(folded)),
  }));
  return ({ station, name }, source) => {
    const field = station === null ? '' : folded(station);
    const named = field && rules.find(({ fields }) => fields.has(field));
    if (named) return named.station;
    const words = folded(name);
    const listed = rules.find(({ parts }) => parts.some((part) => words.includes(part)));
    const found = listed ?? (source ? rules.find(({ sources }) => sources.has(folded(source))) : undefined);
    return found?.station ?? null;
  };
}
