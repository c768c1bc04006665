import type { EscalationKind } from '#contract/admin.ts';
import type { ChangeType } from '#contract/decide.ts';
import type { Status } from '#contract/status.ts';
import type { DeviceRole } from '#contract/store.ts';
import type { By } from '#contract/sync.ts';

/**
 * The rows as they stand in the database. Times are ISO 8601 UTC with milliseconds, so that text order is time order;
 * JSON is text. What a column is for is said here; its constraints are in the migrations.
 */
export interface Tables {
  stores: StoreRow;
  store_logs: StoreLogRow;
  changes: ChangeRow;
  orders: OrderRow;
  /** Orders that are gone (deleted, or past their time) while their history is still kept. */
  former_orders: { order_id: string; store_id: string; last_seq: number; last_at: string };
  external_ids: { store_id: string; external_id: string; order_id: string };
  number_counters: { store_id: string; day: string; last: number };
  devices: DeviceRow;
  pairing_codes: { code_hash: string; store_id: string; expires_at: string; wrong_tries: number };
  /** The ledger: the answer to each command, JSON of the contract's `CommandResult` (C2). */
  commands: { device_id: string; command_id: string; result: string; at: string };
  idempotency_keys: { caller_id: string; key: string; request: string; answer: string; at: string };
  escalations: EscalationRow;
  /** Everything up to `cursor`, whose rolling hash is `hash`, was handled by the durable follower of this name. */
  followers: { name: string; store_id: string; epoch: string; cursor: number; hash: string | null };
}

export interface StoreRow {
  id: string;
  name: string;
  currency: string;
  time_zone: string;
  /** JSON of the contract's `Store.settings`. */
  settings: string;
  created_at: string;
}

/** Where a store's log stands. `head` is the counter that gives the next `seq`, so its row is the lock of the store. */
export interface StoreLogRow {
  store_id: string;
  epoch: string;
  head: number;
  head_hash: string | null;
  /** The log reaches back to here; older changes are history only (S7). */
  min_seq: number;
  /** The rolling hash at `min_seq - 1`. */
  floor_hash: string | null;
}

/** One change: an entry of the store's log, and later of the order's history. */
export interface ChangeRow {
  store_id: string;
  seq: number;
  hash: string;
  /** Random; part of the hash, so that two forks of one history differ even when they say the same. */
  event_id: string;
  order_id: string;
  version: number;
  type: ChangeType;
  at: string;
  by_role: By['role'];
  by_id: string;
  by_name: string;
  cause_device: string | null;
  /** null also for a change older than migration 3 whose command's answer was no longer kept. */
  cause_command: string | null;
  previous_status: Status | null;
  reason: string | null;
  /** JSON of the whole order after the change; null when it was deleted. */
  body: string | null;
}

/** An order that exists. Columns beside `body` are what lists, statistics and retention look at. */
export interface OrderRow {
  id: string;
  store_id: string;
  status: Status;
  version: number;
  created_at: string;
  updated_at: string;
  due_at: string | null;
  /** When preparation began, and when the order last became ready without going back; for statistics. */
  started_at: string | null;
  ready_at: string | null;
  total_minor: number;
  /** What `q` looks in, folded by `foldText`. */
  search: string;
  /** JSON of the contract's `Order`. */
  body: string;
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
}

/** One escalation for an order and a kind, for ever. */
export interface EscalationRow {
  id: string;
  store_id: string;
  kind: EscalationKind;
  order_id: string;
  /** The order's number for people, as it was then. */
  order_number: string;
  raised_at: string;
  /** null: it is unresolved. */
  resolved_at: string | null;
}
