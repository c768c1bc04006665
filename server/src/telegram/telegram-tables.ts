import type { OrderEscalationKind } from '#contract/admin.ts';
import type { TelegramMode } from '#contract/telegram.ts';

/** The rows of chats in Telegram. See `database/tables.ts`. */
export interface TelegramTables {
  telegram_codes: TelegramCodeRow;
  telegram_chats: TelegramChatRow;
  telegram_messages: TelegramMessageRow;
  telegram_offsets: TelegramOffsetRow;
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
