import type { Order } from '#contract/order.ts';
import type { Change } from '#contract/sync.ts';
import { isWhole } from '../database/checked-rows.ts';
import type { ChangeRow } from '../database/tables.ts';
import { type LogEntry, logEntry } from './entry.ts';

/** A stored change in the contract's form, with its `order`. */
export function changeFromRow(row: ChangeRow): Change {
  return {
    seq: row.seq,
    type: row.type,
    orderId: row.order_id,
    at: row.at,
    by: { role: row.by_role, id: row.by_id, name: row.by_name },
    ...(row.cause_device !== null &&
      row.cause_command !== null && { cause: { deviceId: row.cause_device, commandId: row.cause_command } }),
    ...(row.previous_status !== null && { previousStatus: row.previous_status }),
    ...(row.reason !== null && { reason: row.reason }),
    order: row.body === null ? null : (JSON.parse(row.body) as Order),
  };
}

export const entryFromRow = (row: ChangeRow, epoch: string): LogEntry =>
  logEntry({ storeId: row.store_id, epoch }, changeFromRow(row), row.hash, row.body);

/** Whether a change is as it was written. */
export function isWholeChange(row: ChangeRow): boolean {
  if (row.checksum !== null) return isWhole('changes', row);
  try {
    const order = row.body === null ? null : (JSON.parse(row.body) as Order);
    return order === null || (order.id === row.order_id && order.version === row.version && order.seq === row.seq);
  } catch {
    return false;
  }
}
