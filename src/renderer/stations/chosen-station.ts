import type { DisplayStatus } from '#contract/display-status.ts';
import type { Settings, Station } from '#contract/settings.ts';

interface Stations extends Pick<DisplayStatus, 'stations'> {
  settings: Pick<Settings, 'stationId' | 'stations'>;
}

/**
 * The station that a station's screen shows: the chosen one, or the first. Null: there is none.
 *
 * A screen keeps its station when the store gets stations: the one of the store with the same name, else the one that was set up
 * on this screen.
 */
export function chosenStation(from: Stations): Station | null {
  const { settings, stations } = from;
  const id = settings.stationId ?? settings.stations[0]?.id ?? stations.list[0]?.id;
  return id === undefined ? null : stationWith(id, from);
}

/** The station with this id or name; null: there is none. */
export const stationNamed = (name: string, from: Stations): Station | null =>
  stationWith(name, from) ?? from.stations.list.find((one) => same(one.name, name)) ?? null;

function stationWith(id: string, { settings, stations: { list } }: Stations): Station | null {
  const own = settings.stations.find((one) => one.id === id);
  const found = list.find((one) => one.id === id) ?? list.find((one) => own && same(one.name, own.name));
  return found ?? own ?? null;
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
