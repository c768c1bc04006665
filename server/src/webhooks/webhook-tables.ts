/** The rows of outgoing webhooks. See `database/tables.ts`. */
export interface WebhookTables {
  webhooks: WebhookRow;
  webhook_news: WebhookNewsRow;
  webhook_deliveries: WebhookDeliveryRow;
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
  /** Former ones, newest first, with spaces between them. They sign too until `old_secret_until`. */
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
