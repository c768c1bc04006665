import type { ColumnType, RawBuilder, Selectable } from 'kysely';
import type { EscalationKind, OrderEscalationKind } from '#contract/admin.ts';
import type { ChangeType } from '#contract/decide.ts';
import type { Printer, PrintReason } from '#contract/printer.ts';
import type { SourceKind, SourceOutcome } from '#contract/source.ts';
import type { Status } from '#contract/status.ts';
import type { DeviceRole } from '#contract/store.ts';
import type { By } from '#contract/sync.ts';
import type { TelegramMode } from '#contract/telegram.ts';

/**
 * The rows in the database. Times are ISO 8601 UTC with milliseconds, so that text order is time order; JSON is text.
 * The purpose of a column is documented here; its constraints are in the migrations. What a `checksum` covers is in
 * `checked-rows.ts`.
 */
export interface Tables {
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
  webhooks: WebhookRow;
  telegram_codes: TelegramCodeRow;
  telegram_chats: TelegramChatRow;
  telegram_messages: TelegramMessageRow;
  telegram_offsets: TelegramOffsetRow;
  webhook_news: WebhookNewsRow;
  webhook_deliveries: WebhookDeliveryRow;
  sources: SourceRow;
  source_marks: SourceMarkRow;
  source_entries: SourceEntryRow;
  /** Orders that a webhook named and that are not read yet; `their_id` is empty: some changed. `rung` differs each time. */
  source_bells: { source_id: string; their_id: string; rung: string };
  source_pushes: SourcePushRow;
  caught_jobs: CaughtJobRow;
  /** The durable follower of this name has handled everything up to `cursor`, whose rolling hash is `hash`. */
  followers: { name: string; store_id: string; epoch: string; cursor: number; hash: string | null };
  availability: AvailabilityRow;
  /** One row: the newest time at which the clock was believed, and for how long the server has run with a doubted one. */
  believed_time: { only: 1; at: string; doubted_ms: number; checksum: number };
  /** Rows of `orders` that could neither be read nor rebuilt, as JSON. */
  damaged_orders: { order_id: string; store_id: string; found_at: string; order_row: string };
  printers: PrinterRow;
  prints: PrintRow;
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

/** An outgoing webhook. Its place in the log is in `followers`. */
export interface WebhookRow {
  id: string;
  store_id: string;
  url: string;
  /** JSON of the wanted event types; null: all. */
  events: string | null;
  /** 0 or 1. */
  disabled: number;
  /** In plain text, since it signs. */
  secret: string;
  /** Signs too until `old_secret_until`. */
  old_secret: string | null;
  old_secret_until: string | null;
  created_at: string;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
  /** Everything in `webhook_news` up to this number is handled. */
  news_cursor: number;
  /** The first failed try since the last success. */
  failing_since: string | null;
  /** Grows with each change that whoever delivers must notice. */
  revision: number;
}

/** A message for webhooks that is not a change of the log. */
export interface WebhookNewsRow {
  store_id: string;
  /** Grows by 1 in each store. */
  number: number;
  /** null: for all webhooks of the store. */
  webhook_id: string | null;
  /** The header `webhook-id`. */
  message_id: string;
  type: string;
  /** JSON as it is sent. */
  body: string;
}

/** A message that was tried. */
export interface WebhookDeliveryRow {
  /** UUID v7: the newest is the highest. */
  id: string;
  webhook_id: string;
  message_id: string;
  /** null: not a change of the log. */
  seq: number | null;
  type: string;
  /** At most one of a webhook is `waiting`. */
  state: 'waiting' | 'delivered' | 'undeliverable';
  /** JSON of the contract's `DeliveryTry[]`. */
  tries: string;
  next_try_at: string | null;
}

/** Where orders come from. What it waits for in the log is in `followers`. */
export interface SourceRow {
  id: string;
  store_id: string;
  kind: SourceKind;
  name: string;
  /** JSON. */
  settings: string;
  /** JSON, in plain text, since it calls the service and judges signatures. */
  secret: string;
  /** 0 or 1. */
  enabled: number;
  /** Names whose order ids are unique. */
  account: string;
  events_url: string;
  created_at: string;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
  /** Of the last page that was stored. */
  cursor: string | null;
  pulled_at: string | null;
  failing_since: string | null;
  problem: string | null;
}

/** What is known of an order of a source. It stays when the source is deleted. */
export interface SourceMarkRow {
  store_id: string;
  kind: SourceKind;
  account: string;
  their_id: string;
  order_id: string;
  /** The newest state that was taken. */
  mark: number;
  /** Digest of what they ordered, to see whether they changed it. */
  content: string;
  /** As they wrote it last. */
  their_status: string;
  /** The status that both sides know; null: they know none of ours. */
  agreed: Status | null;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
}

export interface SourceEntryRow {
  /** UUID v7: the newest is the highest. */
  id: string;
  source_id: string;
  at: string;
  what: string;
  external_id: string | null;
  outcome: SourceOutcome;
  detail: string | null;
}

/** A status that waits to be said. */
export interface SourcePushRow {
  source_id: string;
  order_id: string;
  their_id: string;
  status: Status;
  /** Of the first try. */
  since: string;
  tries: number;
  due_at: string;
}

/** A job that a till printed to a source. */
export interface CaughtJobRow {
  /** UUID v7: the newest is the highest. */
  id: string;
  source_id: string;
  /** ms since 1970. */
  at: number;
  hash: string;
  /** Digest of number, table and items, to know a reprint. */
  content: string;
  /** JSON of `Printed`. */
  printed: string;
  /** 1: its order is stored. */
  taken: number;
}

export interface TelegramCodeRow {
  code_hash: string;
  store_id: string;
  mode: TelegramMode;
  expires_at: string;
}

/** A chat that hears of a store's orders. */
export interface TelegramChatRow {
  id: string;
  store_id: string;
  /** Telegram's. */
  chat_id: string;
  name: string;
  mode: TelegramMode;
  created_at: string;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
}

/** The one message of an order, or of a store's escalation, in a chat. Kept after the chat is unlinked. */
export interface TelegramMessageRow {
  /** UUID v7: sent in this order. */
  id: string;
  store_id: string;
  /** Telegram's. */
  chat_id: string;
  kind: 'order' | 'escalation';
  /** The order's or the escalation's id. */
  about: string;
  /** `sending`: stored before the call. `unknown`: it may have been sent, and is not sent again (ADR 48). */
  state: 'waiting' | 'sending' | 'sent' | 'unknown' | 'given_up';
  /** Since when there is something to send or edit; null: nothing. */
  due_at: string | null;
  message_id: number | null;
  /** The kind of the order's open escalation. */
  alert: OrderEscalationKind | null;
  /** 0 or 1: its buttons ask why the order is rejected. */
  asking: number;
  /** Hash of what the message shows. */
  shown: string | null;
  created_at: string;
}

export interface TelegramOffsetRow {
  /** The beginning of the hash of the bot's token. */
  bot_id: string;
  next_update: number;
  at: string;
}

/** A kitchen printer of a store. */
export interface PrinterRow {
  id: string;
  store_id: string;
  name: string;
  /** `host:port`. */
  address: string;
  /** JSON of `columns`, `dots`, `encoding` and `command`. */
  model: string;
  /** JSON of the contract's `on`, each with the head of the log when it was switched on: only what comes later is printed. */
  occasions: string;
  station: string | null;
  created_at: string;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
}

/** A paper to print, kept when it is printed so that it is not printed twice. */
export interface PrintRow {
  /** UUID v7: a printer prints the lowest first. */
  id: string;
  printer_id: string;
  /** null: a test page. */
  order_id: string | null;
  reason: PrintReason;
  /** Unique for a printer: the reason and the order, or the id of a request by hand. */
  request: string;
  /** Of a backup: the number of the change with which the order arrived. */
  seq: number | null;
  /** `watched`: a backup whose time has not come. `sending`: it may be on paper, and no end was confirmed. */
  state: 'watched' | 'waiting' | 'sending' | 'printed' | 'given_up';
  /** 1: it was sent before without a confirmed end. */
  reprint: number;
  trouble: Printer['trouble'];
  created_at: string;
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
