import type { Tables } from '#server/database/tables.ts';

/** What servers say of themselves while they run; only PostgreSQL has these tables. */
type OfRunningServers = 'nodes' | 'node_displays';

/** Every other table with its key, in an order in which no row comes before one that it refers to. */
export const MOVED_TABLES = {
  stores: ['id'],
  store_logs: ['store_id'],
  number_counters: ['store_id'],
  availability: ['store_id'],
  changes: ['store_id', 'seq'],
  orders: ['id'],
  former_orders: ['order_id'],
  damaged_orders: ['order_id'],
  external_ids: ['store_id', 'external_id'],
  devices: ['id'],
  pairing_codes: ['code_hash'],
  sessions: ['session_hash'],
  former_tokens: ['token_hash'],
  commands: ['device_id', 'command_id'],
  idempotency_keys: ['caller_id', 'key'],
  escalations: ['id'],
  followers: ['name', 'store_id'],
  believed_time: ['only'],
  webhooks: ['id'],
  webhook_news: ['store_id', 'number'],
  webhook_deliveries: ['id'],
  sources: ['id'],
  source_marks: ['store_id', 'kind', 'account', 'their_id'],
  source_entries: ['id'],
  source_bells: ['source_id', 'their_id'],
  source_pushes: ['source_id', 'order_id'],
  caught_jobs: ['id'],
  telegram_codes: ['code_hash'],
  telegram_chats: ['id'],
  telegram_messages: ['id'],
  telegram_offsets: ['bot_id'],
  printers: ['id'],
  prints: ['id'],
} as const satisfies { [T in Exclude<keyof Tables, OfRunningServers>]: readonly (keyof Tables[T])[] };

export type MovedTable = keyof typeof MOVED_TABLES;
export const TABLE_NAMES = Object.keys(MOVED_TABLES) as MovedTable[];
