import type { Undo } from '#contract/bridge.ts';
import type { TelegramChat, TelegramCode, TelegramMode } from '#contract/telegram.ts';

/** Chats of Telegram (contract, section 13). Refuses with `not_found` what the store does not have. */
export interface Telegram {
  /** Refuses with `conflict` if the server has no bot. */
  createCode(storeId: string, mode: TelegramMode): Promise<TelegramCode>;
  list(storeId: string): Promise<TelegramChat[]>;
  setMode(storeId: string, id: string, mode: TelegramMode): Promise<TelegramChat>;
  remove(storeId: string, id: string): Promise<void>;
  /** Reports what became of each try to send or edit a message. */
  onTry(listener: (outcome: TelegramTry) => void): Undo;
  /** Reports whether Telegram answers, whenever that has changed. */
  onState(listener: (state: 'here' | 'away') => void): Undo;
}

/** `failed` is tried again; `unknown` may have been sent and is not (ADR 48); `given_up` was refused or is too old. */
export const TELEGRAM_TRIES = ['sent', 'edited', 'failed', 'unknown', 'given_up'] as const;
export type TelegramTry = (typeof TELEGRAM_TRIES)[number];

/** The bot that the server runs. */
export interface TelegramSettings {
  token: string;
  /** Without a slash at the end. */
  apiRoot: string;
}
