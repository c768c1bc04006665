import type { Item, Order } from '#contract/order.ts';
import type { Settings, Station } from '#contract/settings.ts';
import { type StationOf, stationOf } from './station-of.ts';

/** Whose work a screen shows. */
export type Scope =
  | { screen: 'all' | 'pass' | 'pickup' }
  | { screen: 'station'; station: Station; where: StationOf }
  | { screen: 'expo'; stations: readonly Station[]; where: StationOf; hold: boolean };

/** The scope in the address of a page. It overrides the settings, which several windows and tablets share. */
export interface Asked {
  /** Id or name of a station. */
  station: string | null;
  screen: string | null;
}
export const askedBy = (query: string): Asked => {
  const params = new URLSearchParams(query);
  return { station: params.get('station'), screen: params.get('screen') };
};

type Wanted = Pick<Settings, 'screen' | 'stationId' | 'expoHold'> & { stations: readonly Station[] };

/**
 * A station in the address need not be set up: it gets the items that name it. A station in the settings must exist; otherwise
 * the screen shows everything, so that no order is hidden.
 */
export function scopeOf({ screen, stationId, stations, expoHold }: Wanted, asked: Asked): Scope {
  if (asked.station) {
    const id = asked.station;
    const known = stations.find((one) => one.id === id) ?? stations.find((one) => same(one.name, id));
    const station = known ?? { id, name: id, stations: [], names: [] };
    return { screen: 'station', station, where: stationOf(known ? stations : [...stations, station]) };
  }
  const wanted = isScreen(asked.screen) ? asked.screen : screen;
  if (wanted === 'expo') return { screen: 'expo', stations, where: stationOf(stations), hold: expoHold };
  if (wanted === 'pass' || wanted === 'pickup') return { screen: wanted };
  const station = stations.find(({ id }) => id === stationId) ?? (stationId === null ? stations[0] : undefined);
  if (wanted !== 'station' || !station) return { screen: 'all' };
  return { screen: 'station', station, where: stationOf(stations) };
}

/** The items of an order that concern this screen. */
export function itemsIn(scope: Scope, { items }: Pick<Order, 'items'>): Item[] {
  if (scope.screen !== 'station') return items;
  return items.filter((item) => scope.where(item)?.id === scope.station.id);
}

const SCREENS: readonly (string | null)[] = ['all', 'station', 'expo', 'pass', 'pickup'] satisfies Settings['screen'][];
const isScreen = (value: string | null): value is Settings['screen'] => SCREENS.includes(value);
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
