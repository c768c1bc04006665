import type { SharedDatabase } from '../subjects/shared-servers.ts';
import type { Kitchen } from './play-orders.ts';

/** What displays and database have in the end, compared with what was accepted. All 0 if nothing is lost. */
export interface Compared {
  /** Accepted orders that the database or the display does not have, or not as handed over. */
  ordersLost: number;
  /** Orders of the database that nobody placed, or that are there twice. */
  ordersTooMany: number;
  /** Accepted changes that never arrived at the display. */
  changesLost: number;
  /** Displays whose cursor and hash, or whose orders, are not those of the database. */
  displaysUnequal: number;
}

interface StoredOrder {
  status: unknown;
  version: number;
}

/** @param kitchens all of the database */
export async function compareInTheEnd(kitchens: readonly Kitchen[], database: SharedDatabase): Promise<Compared> {
  const logs = new Map(
    (await database.run('select store_id, head, head_hash from store_logs')).map((row) => [row.store_id, row]),
  );
  const stored = new Map<unknown, Map<string, StoredOrder>>();
  for (const { store_id, id, status, version } of await database.run(
    'select store_id, id, status, version from orders',
  )) {
    const ofStore = stored.get(store_id) ?? new Map();
    stored.set(store_id, ofStore.set(String(id), { status, version: Number(version) }));
  }

  const result: Compared = { ordersLost: 0, ordersTooMany: 0, changesLost: 0, displaysUnequal: 0 };
  for (const { store, display, orders, taps } of kitchens) {
    const rows = stored.get(store.id) ?? new Map<string, StoredOrder>();
    const accepted = new Set(orders.map(({ id }) => id));
    for (const id of accepted)
      if (rows.get(id)?.status !== 'completed' || display.orders.get(id)?.status !== 'completed') result.ordersLost++;
    const strange = [...rows.keys()].filter((id) => !accepted.has(id)).length;
    result.ordersTooMany += strange + orders.length - accepted.size;
    result.changesLost += [...orders, ...taps].filter(({ seq }) => !display.arrivedAt.has(seq)).length;

    const { cursor, hash } = display.position;
    const log = logs.get(store.id);
    const isAtHead = log !== undefined && Number(log.head) === cursor && log.head_hash === hash;
    const hasAll =
      rows.size === display.orders.size &&
      [...display.orders].every(([id, { status, version }]) => {
        const row = rows.get(id);
        return row?.status === status && row.version === version;
      });
    if (!isAtHead || !hasAll) result.displaysUnequal++;
  }
  return result;
}
