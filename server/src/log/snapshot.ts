import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Snapshot } from '#contract/sync.ts';
import type { StoreLogRow, Tables } from '../database/tables.ts';
import { DamagedOrders } from '../orders/damaged-orders.ts';
import { CLOSED_STATUSES, OPEN_STATUSES } from '../orders/open-statuses.ts';
import { bodyFromRow, type Replacements, STORED_ORDER } from '../orders/order-rows.ts';
import { findStore } from '../stores/find-store.ts';
import { settingsOf } from '../stores/store-settings.ts';

const DAY_MS = 86_400_000;
/** Characters of a piece: about 1 ms of work. */
const PIECE = 64 * 1024;

/**
 * Rule S4 as JSON: every open order and every order changed in the store's window, as they are in this transaction, in
 * pieces with a turn of the event loop between them. Throws {@link DamagedOrders} at the end unless each damaged row has
 * a replacement.
 *
 * @param log the store's, read in the same transaction
 * @param now ms since 1970
 */
export async function* snapshotAsJson(
  tx: Kysely<Tables>,
  log: StoreLogRow,
  now: number,
  replacements: Replacements,
): AsyncGenerator<string> {
  const { displayWindowDays } = settingsOf(await findStore(tx, log.store_id));
  const since = new Date(now - displayWindowDays * DAY_MS).toISOString();
  const orders = tx.selectFrom('orders').select(STORED_ORDER).where('store_id', '=', log.store_id);
  const open = orders.where('status', 'in', OPEN_STATUSES);
  const closed = orders.where('updated_at', '>=', since).where('status', 'in', CLOSED_STATUSES);

  const head: Omit<Snapshot, 'orders'> = {
    epoch: log.epoch,
    seq: log.head,
    hash: log.head_hash,
    serverTime: new Date(now).toISOString(),
  };
  let piece = `${JSON.stringify(head).slice(0, -1)},"orders":[`;
  let comma = '';
  const damaged: string[] = [];
  for (const query of [open, closed])
    for await (const row of query.stream()) {
      const body = bodyFromRow(row) ?? replacementOf(row.id);
      if (body === undefined) continue;
      piece += comma + body;
      comma = ',';
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
      await nextTurn();
    }
  if (damaged.length > 0) throw new DamagedOrders(damaged);
  yield `${piece}]}`;

  function replacementOf(id: string): string | undefined {
    const order = replacements.get(id);
    if (order === undefined) damaged.push(id);
    return order ? JSON.stringify(order) : undefined;
  }
}
