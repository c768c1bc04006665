import { folded } from './folded.ts';
import type { Order } from './order.ts';
import type { Station } from './settings.ts';
import { stationOf } from './station-of.ts';

/** The items of an order that a station prepares. A station that is not among `stations` has the items that name it. */
export function itemsOfStation({ items, source }: Order, id: string, stations: readonly Station[]): Order['items'] {
  if (!stations.some((station) => station.id === id))
    return items.filter(({ station }) => station !== null && folded(station) === folded(id));
  const find = stationOf(stations);
  return items.filter((item) => find(item, source)?.id === id);
}
