import { z } from 'zod';
import { optional, Timestamp } from './field-types.ts';

/** Chats of Telegram that hear of a store's orders (contract, sections 13 and 16). */

export const TELEGRAM_MODES = ['always', 'fallback'] as const;
export type TelegramMode = (typeof TELEGRAM_MODES)[number];

/** The body of `POST /stores/:id/telegram-codes`. */
export const TelegramCodeRequest = z.strictObject({ mode: optional(z.enum(TELEGRAM_MODES)) });
/** `/start <code>` in a chat redeems it. */
export const TelegramCode = z.object({ code: z.string(), expiresAt: Timestamp });
export type TelegramCode = z.infer<typeof TelegramCode>;

export const TelegramChat = z.object({
  id: z.string(),
  /** Telegram's id of the chat: a whole number as text, since it may be larger than what a number holds exactly. */
  chatId: z.string(),
  name: z.string(),
  mode: z.enum(TELEGRAM_MODES),
});
export type TelegramChat = z.infer<typeof TelegramChat>;
export const TelegramChatPatch = z.strictObject({ mode: z.enum(TELEGRAM_MODES) });
