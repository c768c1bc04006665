import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import type { Tables } from '#server/database/tables.ts';
import type { OldRow } from './old-row.ts';
import { type ImportedOrder, type ImportStore, orderOfRow } from './order-of-row.ts';
import { Refusal } from './refuse.ts';

/** A row that is not imported. `row`: its kind and id. */
export interface RefusedRow {
  row: string;
  reason: string;
}

/** With the name of its row. */
export interface PlannedOrder extends ImportedOrder {
  row: string;
}

export interface Plan {
  /** Not in the store yet. */
  fresh: PlannedOrder[];
  /** Rows that an earlier import took. */
  known: number;
  refused: RefusedRow[];
}

/** External ids looked up at once. */
const AT_ONCE = 500;

/** Decides on every row without changing anything. */
export async function planImport(
  db: Kysely<Tables>,
  storeId: string,
  rows: readonly OldRow[],
  store: ImportStore,
): Promise<Plan> {
  const refused: RefusedRow[] = [];
  const orders: PlannedOrder[] = [];
  const externalIds = idsOf(rows);
  const seen = new Set<string>();
  for (const [i, row] of rows.entries()) {
    const name = nameOf(row, i);
    const externalId = externalIds[i];
    try {
      if (!externalId) throw new Refusal('id: is missing');
      if (seen.has(externalId)) throw new Refusal('id: comes twice in the file');
      seen.add(externalId);
      orders.push({ row: name, ...orderOfRow(row, externalId, store) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ row: name, reason: error.message });
    }
  }
  const fresh: PlannedOrder[] = [];
  let known = 0;
  for (let i = 0; i < orders.length; i += AT_ONCE) {
    const some = orders.slice(i, i + AT_ONCE);
    const taken = await ordersTaken(
      db,
      storeId,
      some.map(({ draft }) => draft.externalId),
    );
    for (const order of some) {
      const first = taken.get(order.draft.externalId);
      if (first === undefined) fresh.push(order);
      else if (isAnother(first, order))
        refused.push({ row: order.row, reason: 'id: another order with it was imported before' });
      else known += 1;
    }
  }
  return { fresh, known, refused };
}

/** `import:` and the id; a booking with the id of an order of the same file has a word before it. Undefined: no id. */
function idsOf(rows: readonly OldRow[]): (string | undefined)[] {
  const idOf = ({ values }: OldRow) => String(values.id ?? '').trim();
  const ofOrders = new Set(rows.filter(({ kind }) => kind === 'order').map(idOf));
  return rows.map((row) => {
    const id = idOf(row);
    if (id === '') return undefined;
    return row.kind === 'booking' && ofOrders.has(id) ? `import:booking-${id}` : `import:${id}`;
  });
}

/** By external id; null: the order is not there any more. */
async function ordersTaken(db: Kysely<Tables>, storeId: string, externalIds: readonly string[]) {
  const rows = await db
    .selectFrom('external_ids')
    .leftJoin('orders', 'orders.id', 'external_ids.order_id')
    .select(['external_ids.external_id', 'orders.body'])
    .where('external_ids.store_id', '=', storeId)
    .where('external_ids.external_id', 'in', externalIds)
    .execute();
  return new Map(
    rows.map(({ external_id, body }) => [external_id, body === null ? null : (JSON.parse(body) as Order)]),
  );
}

/** An order and a booking, or orders of two times, are not the same row of an older system. */
function isAnother(first: Order | null, { draft }: ImportedOrder): boolean {
  if (first === null) return false;
  const isBooking = (fulfilment: string | undefined) => fulfilment === 'booking';
  if (isBooking(first.fulfilment) !== isBooking(draft.fulfilment)) return true;
  return draft.placedAt !== undefined && draft.placedAt !== first.placedAt;
}

/** Without characters that a terminal would obey. */
function nameOf({ kind, values }: OldRow, i: number): string {
  const id = String(values.id ?? '').trim();
  return id === '' ? `row ${i + 1}` : `${kind} ${id.replaceAll(/\p{Cc}/gu, '?').slice(0, 100)}`;
}
