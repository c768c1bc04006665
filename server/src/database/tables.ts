import type { ColumnType, RawBuilder, Selectable } from 'kysely';
import type { EscalationKind } from '#contract/admin.ts';
import type { ChangeType } from '#contract/decide.ts';
import type { Status } from '#contract/status.ts';
import type { DeviceRole } from '#contract/store.ts';
import type { By } from '#contract/sync.ts';
import type { PrintTables } from '../printing/print-tables.ts';
import type { SourceTables } from '../sources/source-tables.ts';
import type { TelegramTables } from '../telegram/telegram-tables.ts';
import type { WebhookTables } from '../webhooks/webhook-tables.ts';

/**
 * The rows in the database. Times are ISO 8601 UTC with milliseconds, so that text order is time order; JSON is text.
 * The purpose of a column is documented here; its constraints are in the migrations. What a `checksum` covers is in
 * `checked-rows.ts`. Rows that only one folder writes are in its own file.
 */
export interface Tables extends SourceTables, WebhookTables, TelegramTables, PrintTables {
  stores: StoreRow;
  store_logs: StoreLogRow;
  changes: ChangeRow;
  orders: OrdersTable;
  /** Orders that are removed (deleted or expired) while their history is still kept. */
  former_orders: { order_id: string; store_id: string; last_seq: number; last_at: string };
  external_ids: { store_id: string; external_id: string; order_id: string; checksum: number };
  number_counters: { store_id: string; day: string; last: number };
  devices: DeviceRow;
  pairing_codes: { code_hash: string; store_id: string; expires_at: string; checksum: number };
  sessions: SessionRow;
  /** Tokens that their devices have replaced and that are valid until they expire. */
  former_tokens: { token_hash: string; device_id: string; expires_at: string; checksum: number };
  /** The ledger: the answer to each command, JSON of the contract's `CommandResult` with `orderId` for `order` (C2). */
  commands: { device_id: string; command_id: string; result: string; at: string; checksum: number };
  idempotency_keys: { caller_id: string; key: string; request: string; answer: string; at: string; checksum: number };
  escalations: EscalationRow;
  /** The durable follower of this name has handled everything up to `cursor`, whose rolling hash is `hash`. */
  followers: { name: string; store_id: string; epoch: string; cursor: number; hash: string | null };
  availability: AvailabilityRow;
  /** One row: the newest time at which the clock was believed, and for how long the server has run with a doubted one. */
  believed_time: { only: 1; at: string; doubted_ms: number; checksum: number };
  /** Rows of `orders` that could neither be read nor rebuilt, as JSON. */
  damaged_orders: { order_id: string; store_id: string; found_at: string; order_row: string };
  /** The servers that use a PostgreSQL database; `version` is of the last row in `node_displays`. */
  nodes: { id: string; version: number; seen_ms: number };
  node_displays: NodeDisplayRow;
}

export interface StoreRow {
  id: string;
  name: string;
  currency: string;
  time_zone: string;
  /** JSON of the contract's `Store.settings`. */
  settings: string;
  created_at: string;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
}

/** What a store takes now. No row: everything, as by default. */
export interface AvailabilityRow {
  store_id: string;
  /** JSON of the contract's `Availability` without the preparation time, which is in the store's settings. */
  state: string;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
}

/** The state of a store's log. `head` is the counter for the next `seq`, so its row is the lock of the store. */
export interface StoreLogRow {
  store_id: string;
  epoch: string;
  head: number;
  head_hash: string | null;
  /** The log starts here; older changes are history only (S7). */
  min_seq: number;
  /** The rolling hash at `min_seq - 1`. */
  floor_hash: string | null;
  checksum: number;
}

/** One change: an entry of the store's log, and later of the order's history. */
export interface ChangeRow {
  store_id: string;
  seq: number;
  hash: string;
  /** Random; part of the hash, so that two forks of one history differ even with equal contents. */
  event_id: string;
  order_id: string;
  version: number;
  type: ChangeType;
  at: string;
  by_role: By['role'];
  by_id: string;
  by_name: string;
  cause_device: string | null;
  /** Also null for a change older than migration 3 whose command's answer was no longer kept. */
  cause_command: string | null;
  previous_status: Status | null;
  reason: string | null;
  /** JSON of the whole order after the change; null when it was deleted. */
  body: string | null;
  /** Null in a change older than migration 5. */
  checksum: number | null;
}

export type OrderRow = Selectable<OrdersTable>;

/** An existing order. The columns besides `body` serve lists, statistics and retention. */
export interface OrdersTable {
  id: string;
  store_id: string;
  status: Status;
  version: number;
  created_at: string;
  updated_at: string;
  due_at: string | null;
  /** When preparation started, and when the order last became ready without a recall; for statistics. */
  started_at: string | null;
  ready_at: string | null;
  total_minor: number;
  /** The body's `customer.ref`. */
  customer_ref: string | null;
  /** The text that `q` searches, folded by `foldText`. */
  search: string;
  /** Unique, newest order highest, up to 2^63: the order's number in the search index (`search-key.ts`). */
  search_key: ColumnType<string, RawBuilder<bigint>, never>;
  /** JSON of the contract's `Order`. */
  body: string;
  /** Null in an order not changed since migration 5. */
  checksum: number | null;
}

export interface DeviceRow {
  id: string;
  store_id: string;
  name: string;
  role: DeviceRole;
  /** SHA-256 of the token, hex; null once revoked. */
  token_hash: string | null;
  created_at: string;
  last_seen_at: string | null;
  cursor: number | null;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
}

/** A page that an admin or manager has signed in to. */
export interface SessionRow {
  session_hash: string;
  /** The manager's; null: the admin. */
  device_id: string | null;
  /** Binds the session to the token that opened it, which cannot be guessed from it; see `sessions.ts`. */
  proof: string;
  expires_at: string;
  checksum: number;
}

/** One escalation per order and kind, never repeated; of a store, one open per kind and subject. */
export interface EscalationRow {
  id: string;
  store_id: string;
  kind: EscalationKind;
  /** Null for the kinds of a store. */
  order_id: string | null;
  /** The order's displayed number at that time. */
  order_number: string | null;
  /** Of a store's kind: the id of the printer, webhook or source. */
  subject: string | null;
  /** Of a store's kind: what is wrong. */
  detail: string | null;
  raised_at: string;
  /** null: unresolved. */
  resolved_at: string | null;
}

/** What a server says of a display that is, or was, live there. */
export interface NodeDisplayRow {
  node_id: string;
  device_id: string;
  /** Since when it is live there; null: no longer. */
  since: string | null;
  /** 1: it has a socket. */
  connected: number;
  /** Up to where it has stored the log; null: it must start over. */
  cursor: number | null;
  /** Grows with each write of the server. */
  version: number;
}
