import type { TelegramChat, TelegramCode, TelegramMode } from '#contract/telegram.ts';

/** Chats of Telegram (contract, section 13). Refuses with `not_found` what the store does not have. */
export interface Telegram {
  /** Refuses with `conflict` if the server has no bot. */
  createCode(storeId: string, mode: TelegramMode): Promise<TelegramCode>;
  list(storeId: string): Promise<TelegramChat[]>;
  setMode(storeId: string, id: string, mode: TelegramMode): Promise<TelegramChat>;
  remove(storeId: string, id: string): Promise<void>;
}

/** The bot that the server runs. */
export interface TelegramSettings {
  token: string;
  /** Without a slash at the end. */
  apiRoot: string;
}
