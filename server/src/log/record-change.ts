import { hash, randomUUID } from 'node:crypto';
import type { ChangeType } from '#contract/decide.ts';
import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import type { By, Change } from '#contract/sync.ts';
import { withChecksum } from '../database/checked-rows.ts';
import { hotStatement } from '../database/hot-statement.ts';
import { lockStore } from '../database/lock-stores.ts';
import type { ChangeRow, StoreLogRow } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { deleteOrder, saveOrder } from '../orders/order-rows.ts';
import { entryFromRow } from './change-rows.ts';

export interface ChangeToRecord {
  type: ChangeType;
  /** The order after the change, with `version` and `updatedAt` but not `seq`. When deleted: its last state. */
  order: Omit<Order, 'seq'>;
  by: By;
  cause?: Change['cause'] | undefined;
  previousStatus?: Status | undefined;
  reason?: string | undefined;
}

/**
 * The only way to change an order: writes the next number of its store's log, the entry, and the order's row in the
 * running transaction. The store's log is locked until the commit, so numbers have no gaps and commit in order (S1).
 *
 * @returns the order with its `seq`
 */
export async function recordChange(write: Write, change: ChangeToRecord): Promise<Order> {
  const { tx } = write;
  const { storeId, id: orderId, version } = change.order;
  const log = write.logs.get(storeId) ?? (await lockLog(tx, storeId));
  const seq = log.head + 1;
  const order: Order = { ...change.order, seq };
  const body = change.type === 'order_deleted' ? null : JSON.stringify(order);
  const entry = {
    store_id: storeId,
    seq,
    event_id: randomUUID(),
    order_id: orderId,
    version,
    type: change.type,
    at: order.updatedAt,
    by_role: change.by.role,
    by_id: change.by.id,
    by_name: change.by.name,
    cause_device: change.cause?.deviceId ?? null,
    cause_command: change.cause?.commandId ?? null,
    previous_status: change.previousStatus ?? null,
    reason: change.reason ?? null,
    body,
  };
  const row: ChangeRow = withChecksum('changes', { ...entry, hash: logHash(log.head_hash, entry) });
  const next = withChecksum('store_logs', { ...log, head: seq, head_hash: row.hash });
  const { head, head_hash, checksum } = next;
  await moveHead(tx, { store_id: storeId, head, head_hash, checksum });
  write.logs.set(storeId, next);
  await insertChange(tx, row);
  if (body === null) await deleteOrder(tx, order);
  else await saveOrder(tx, order, body);

  write.entries.push(entryFromRow(row, log.epoch));
  return order;
}

/** For a write that began without the lock of this store. */
async function lockLog(tx: Write['tx'], storeId: string): Promise<StoreLogRow> {
  const [log] = await lockStore(tx, { storeId });
  if (!log) throw new Error(`there is no store ${storeId}`);
  return log;
}

const moveHead = hotStatement(
  (db, { store_id, ...set }: Pick<StoreLogRow, 'store_id' | 'head' | 'head_hash' | 'checksum'>) =>
    db.updateTable('store_logs').set(set).where('store_id', '=', store_id),
);
const insertChange = hotStatement((db, row: ChangeRow) => db.insertInto('changes').values(row));

/**
 * The rolling hash of a store's log up to a change (S1; sync.md 3.2): the first 8 bytes, hex, of SHA-256 over the hash
 * before it (null at the start of the log) and the change. Displays store and echo it; nobody else computes it.
 */
export function logHash(
  before: string | null,
  { seq, event_id, order_id, version, body }: Omit<ChangeRow, 'hash' | 'checksum'>,
): string {
  return hash('sha256', JSON.stringify([before, seq, event_id, order_id, version, body])).slice(0, 16);
}
