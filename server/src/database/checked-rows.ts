import { type Kysely, sql } from 'kysely';
import { rowChecksum, selectDamaged } from '#sqlite/row-checksum.ts';
import { dialectOf } from './dialect-of.ts';
import type { Tables } from './tables.ts';

/** Rows of a slice. */
const ROWS = 1_000;

/** The columns that a row's checksum covers, in order. Damage to the others loses nothing that was acknowledged. */
export const CHECKED_COLUMNS = {
  stores: ['id', 'name', 'currency', 'time_zone', 'settings', 'created_at'],
  // Another epoch makes every display start over, which loses nothing (S2).
  store_logs: ['store_id', 'head', 'head_hash', 'min_seq', 'floor_hash'],
  changes: [
    'store_id',
    'seq',
    'hash',
    'event_id',
    'order_id',
    'version',
    'type',
    'at',
    'by_role',
    'by_id',
    'by_name',
    'cause_device',
    'cause_command',
    'previous_status',
    'reason',
    'body',
  ],
  orders: ['id', 'store_id', 'status', 'version', 'created_at', 'updated_at', 'due_at', 'total_minor', 'body'],
  external_ids: ['store_id', 'external_id', 'order_id'],
  devices: ['id', 'store_id', 'name', 'role', 'token_hash', 'created_at'],
  pairing_codes: ['code_hash', 'store_id', 'expires_at'],
  sessions: ['session_hash', 'device_id', 'proof', 'expires_at'],
  former_tokens: ['token_hash', 'device_id', 'expires_at'],
  commands: ['device_id', 'command_id', 'result', 'at'],
  idempotency_keys: ['caller_id', 'key', 'request', 'answer', 'at'],
  believed_time: ['at', 'doubted_ms'],
  availability: ['store_id', 'state'],
  sources: ['id', 'store_id', 'kind', 'name', 'settings', 'secret', 'enabled', 'account', 'events_url', 'created_at'],
  source_marks: ['store_id', 'kind', 'account', 'their_id', 'order_id', 'mark', 'content', 'their_status', 'agreed'],
  webhooks: ['id', 'store_id', 'url', 'events', 'disabled', 'secret', 'old_secret', 'old_secret_until', 'created_at'],
  telegram_chats: ['id', 'store_id', 'chat_id', 'name', 'mode', 'created_at'],
  printers: ['id', 'store_id', 'name', 'address', 'model', 'occasions', 'station', 'created_at'],
} as const satisfies { [T in keyof Tables]?: readonly (keyof Tables[T])[] };

export type CheckedTable = keyof typeof CHECKED_COLUMNS;
type Values<T extends CheckedTable> = Pick<Tables[T], (typeof CHECKED_COLUMNS)[T][number] & keyof Tables[T]>;

const valuesOf = (table: CheckedTable, row: object): unknown[] =>
  CHECKED_COLUMNS[table].map((column) => row[column as never]);

export const checksumOf = <T extends CheckedTable>(table: T, row: Values<T>): number =>
  rowChecksum(valuesOf(table, row));

export const withChecksum = <T extends CheckedTable, R extends Values<T>>(table: T, row: R) => ({
  ...row,
  checksum: checksumOf(table, row),
});

/** Whether a row is as it was written. */
export const isWhole = <T extends CheckedTable>(table: T, row: Values<T> & { checksum: number | null }): boolean =>
  row.checksum === checksumOf(table, row);

/** The rows of a table that are not as they were written. Reads the whole table. */
export async function damagedRows<T extends CheckedTable>(db: Kysely<Tables>, table: T): Promise<Tables[T][]> {
  if (dialectOf(db) === 'sqlite') {
    const { rows } = await sql.raw<Tables[T]>(selectDamaged(table, CHECKED_COLUMNS[table])).execute(db);
    return rows;
  }
  const damaged: Tables[T][] = [];
  const all = db.selectFrom<CheckedTable>(table).selectAll().stream(ROWS) as AsyncIterable<Tables[T]>;
  // A row without a checksum is older than they are.
  for await (const row of all) if (row.checksum !== null && !isWhole(table, row as never)) damaged.push(row);
  return damaged;
}

/** Tables whose rows no other row can restore; each has its checked columns twice. */
type DoubledTable =
  | 'stores'
  | 'devices'
  | 'availability'
  | 'webhooks'
  | 'sources'
  | 'source_marks'
  | 'telegram_chats'
  | 'printers';

/** With a checksum and a second copy of the checked columns. */
export const doubled = <T extends DoubledTable, R extends Values<T>>(table: T, row: R) => ({
  ...withChecksum(table, row),
  second_copy: JSON.stringify(valuesOf(table, row)),
});

/** The row as it was written, restored from its second copy if needed; undefined: both are damaged. */
export function wholeRow<T extends DoubledTable, R extends Values<T> & { checksum: number; second_copy: string }>(
  table: T,
  row: R,
): R | undefined {
  // Both copies are equal if it is the checksum that is damaged.
  if (isWhole(table, row) || JSON.stringify(valuesOf(table, row)) === row.second_copy) return row;
  try {
    const copy = JSON.parse(row.second_copy) as unknown[];
    const restored = { ...row, ...Object.fromEntries(CHECKED_COLUMNS[table].map((column, i) => [column, copy[i]])) };
    return isWhole(table, restored) ? restored : undefined;
  } catch {
    return undefined;
  }
}
