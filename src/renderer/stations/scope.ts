import type { DisplayStatus } from '#contract/display-status.ts';
import type { Item, Order } from '#contract/order.ts';
import type { Settings, Station } from '#contract/settings.ts';
import { type StationOf, stationOf } from '#contract/station-of.ts';
import { chosenStation, stationNamed } from './chosen-station.ts';

/** Whose work a screen shows. */
export type Scope =
  | { screen: 'all' | 'pass' | 'pickup' }
  | ({
      screen: 'station';
      station: Station;
      where: StationOf;
    } & Rest)
  | ({
      screen: 'expo';
      /** Null: the expo is not one of the stations. */
      name: string | null;
      stations: readonly Station[];
      where: StationOf;
      hold: boolean;
    } & Rest);

interface Rest {
  /**
   * Items that belong to no station are marked, and every station shows them. The stations of the store are all there are; those
   * set up on a screen may be some of them.
   */
  marksRest: boolean;
}

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

type Wanted = Pick<DisplayStatus, 'stations'> & {
  settings: Pick<Settings, 'screen' | 'stationId' | 'stations' | 'expoHold'>;
};

/**
 * A station in the address need not be set up: it gets the items that name it. A station in the settings must exist; otherwise
 * the screen shows everything, so that no order is hidden.
 */
export function scopeOf(wanted: Wanted, asked: Asked): Scope {
  const { settings, stations } = wanted;
  if (asked.station) {
    const id = asked.station;
    return atStation(stationNamed(id, wanted) ?? { id, name: id, stations: [], names: [] }, wanted);
  }
  const screen = isScreen(asked.screen) ? asked.screen : settings.screen;
  if (screen === 'expo') return expo(null, stations.list, wanted);
  if (screen === 'pass' || screen === 'pickup') return { screen };
  const station = screen === 'station' ? chosenStation(wanted) : null;
  return station ? atStation(station, wanted) : { screen: 'all' };
}

function atStation(station: Station, wanted: Wanted): Scope {
  const { list, from } = wanted.stations;
  const all = list.includes(station) ? list : [...list, station];
  if (station.expo) return expo(station.name, all, wanted);
  return { screen: 'station', station, where: stationOf(all), marksRest: from === 'store' };
}

const expo = (name: string | null, list: readonly Station[], { settings, stations }: Wanted): Scope => ({
  screen: 'expo',
  name,
  stations: list,
  where: stationOf(list),
  hold: settings.expoHold,
  marksRest: stations.from === 'store',
});

type Items = Pick<Order, 'items' | 'source'>;

/** The items of an order that this screen shows: at a station its own, and those that belong to no station of the store. */
export function itemsIn(scope: Scope, { items, source }: Items): Item[] {
  return scope.screen === 'station' ? items.filter((item) => isShown(scope, item, source)) : items;
}

/** Whether a screen shows an item, which may be one that was removed from its order. */
export function isShown(scope: Scope, item: Pick<Item, 'station' | 'name'>, source: string | null): boolean {
  if (scope.screen !== 'station') return true;
  const station = scope.where(item, source);
  return station ? station.id === scope.station.id : scope.marksRest;
}

/** Whether an item belongs to no station of the store, which every station and the expo mark: somebody has to make it. */
export function belongsNowhere(scope: Scope, item: Pick<Item, 'station' | 'name'>, source: string | null): boolean {
  return 'where' in scope && scope.marksRest && scope.where(item, source) === null;
}

/**
 * The items that a bump or a recall at a station is about: its own, and once none of them matches, those that belong to no
 * station. A bump for its own work never ticks off what another station may be making.
 */
export function itemsInTurn(scope: Scope, { items, source }: Items, matches: (item: Item) => boolean): Item[] {
  const shown = itemsIn(scope, { items, source }).filter(matches);
  const own = shown.filter((item) => !belongsNowhere(scope, item, source));
  return own.length > 0 ? own : shown;
}

const SCREENS: readonly (string | null)[] = ['all', 'station', 'expo', 'pass', 'pickup'] satisfies Settings['screen'][];
const isScreen = (value: string | null): value is Settings['screen'] => SCREENS.includes(value);
