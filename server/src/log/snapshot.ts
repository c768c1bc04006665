import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { openDigest } from '#contract/open-digest.ts';
import type { Store } from '#contract/store.ts';
import type { Snapshot } from '#contract/sync.ts';
import { readAtOnce } from '../database/read-at-once.ts';
import type { Tables } from '../database/tables.ts';
import { CLOSED_STATUSES, OPEN_STATUSES } from '../orders/open-statuses.ts';
import { ordersFromRows, type Replacements, STORED_ORDER } from '../orders/order-rows.ts';
import { findStore } from '../stores/find-store.ts';
import { readLogRow } from './read-log.ts';

const DAY_MS = 86_400_000;

/**
 * Rule S4: every open order and every order changed in the store's window, at one `seq`. Refuses with `not_found`. Throws
 * `DamagedOrders` unless there are replacements.
 */
export async function readSnapshot(
  db: Kysely<Tables>,
  storeId: string,
  now: number,
  replacements: Replacements,
): Promise<Pick<Snapshot, 'epoch' | 'seq' | 'hash' | 'orders'>> {
  return readAtOnce(db).execute(async (tx) => {
    const log = await readLogRow(tx, storeId);
    const { settings } = await findStore(tx, storeId);
    const { displayWindowDays } = JSON.parse(settings) as Store['settings'];
    const since = new Date(now - displayWindowDays * DAY_MS).toISOString();
    const orders = tx.selectFrom('orders').select(STORED_ORDER).where('store_id', '=', storeId);
    const open = await orders.where('status', 'in', OPEN_STATUSES).execute();
    const closed = await orders.where('updated_at', '>=', since).where('status', 'in', CLOSED_STATUSES).execute();
    return {
      epoch: log.epoch,
      seq: log.head,
      hash: log.head_hash,
      orders: ordersFromRows([...open, ...closed], replacements),
    };
  });
}

/** Rule S6: the digest of a store's open orders, valid at `head`. Refuses with `not_found`. */
export async function readDigest(
  db: Kysely<Tables>,
  storeId: string,
): Promise<{ epoch: string; head: number; digest: string }> {
  return readAtOnce(db).execute(async (tx) => {
    const { epoch, head } = await readLogRow(tx, storeId);
    const rows = await tx
      .selectFrom('orders')
      .select(['id', 'version'])
      .where('store_id', '=', storeId)
      .where('status', 'in', OPEN_STATUSES)
      .execute();
    return { epoch, head, digest: openDigest(byIdBytes(rows), (text) => hash('sha256', text)) };
  });
}

function byIdBytes<T extends { id: string }>(rows: readonly T[]): T[] {
  const keyed = rows.map((row) => ({ row, bytes: Buffer.from(row.id) }));
  return keyed.sort((a, b) => Buffer.compare(a.bytes, b.bytes)).map(({ row }) => row);
}
