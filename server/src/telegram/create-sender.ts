import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from 'grammy';
import { isOpen } from '#contract/status.ts';
import { findEscalations } from '../escalation/escalation-rows.ts';
import { failureOf } from './bot-api.ts';
import { chatsOf, moveChat, removeChat } from './chat-rows.ts';
import { type Content, escaped, orderContent } from './message-content.ts';
import { createPace } from './pace.ts';
import type { BotParts } from './parts.ts';
import type { TelegramTry } from './telegram.ts';
import type { TelegramMessageRow } from './telegram-tables.ts';
import { TELEGRAM_WORDS } from './telegram-words.ts';

/** For how long something is tried (contract, section 13), ms. */
const TRY_MS = 24 * 3_600_000;
/** Pause after a failure, ms, and the maximum up to which it doubles. */
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;
/** A call that is under way when the server closes has this long to end, ms. */
const CLOSE_MS = 4_000;

export interface Sender {
  /** Sends what is due. Chats do not wait for each other. */
  wake(): Promise<void>;
  stop(): Promise<void>;
}

export async function createSender(parts: BotParts, api: Api, onTry: (outcome: TelegramTry) => void): Promise<Sender> {
  const { db, queue, term, stores, readOrder, logger, now } = parts;
  const pace = createPace();
  const lanes = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const cutting = new AbortController();
  const signal = AbortSignal.any([cutting.signal, term.signal]) as never;

  /** By chat: what became of its message and is not stored: it is stored first, or the message would stay `sending`. */
  const unstored = new Map<string, [TelegramMessageRow, Partial<TelegramMessageRow>]>();

  async function write(row: TelegramMessageRow, set: Partial<TelegramMessageRow>): Promise<void> {
    unstored.set(row.chat_id, [row, set]);
    await queue.write(row.store_id, async ({ tx }) => {
      await tx.updateTable('telegram_messages').set(set).where('id', '=', row.id).execute();
    });
    unstored.delete(row.chat_id);
  }
  /** As it is now: while it waited for its turn, its alert or its question may have changed. */
  const claim = (row: TelegramMessageRow) =>
    queue.write(row.store_id, async ({ tx }) => {
      const claimed = tx.updateTable('telegram_messages').where('id', '=', row.id);
      const set = { due_at: null, ...(row.state === 'waiting' && { state: 'sending' as const }) };
      return claimed.set(set).returning(['alert', 'asking']).executeTakeFirst();
    });
  /** Due since then, unless something has made it due again meanwhile. */
  const again = (row: TelegramMessageRow, set: Partial<TelegramMessageRow> = {}) =>
    write(row, { ...set, due_at: row.due_at });

  async function next(chatId: string): Promise<TelegramMessageRow | undefined> {
    return db
      .selectFrom('telegram_messages')
      .selectAll()
      .where('chat_id', '=', chatId)
      .where('due_at', 'is not', null)
      .where('state', 'in', ['waiting', 'sent'])
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
  }

  async function run(chatId: string): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const late = unstored.get(chatId);
      if (late) await write(...late);
      const row = await next(chatId);
      if (!row) return;
      const waitMs = await attempt(row);
      failures = waitMs === undefined ? 0 : failures + 1;
      if (waitMs === undefined) continue;
      const growing = Math.min(RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS);
      await pause(waitMs ?? growing, undefined, { signal: stopping.signal, ref: false });
    }
  }

  /** @returns after which pause it is tried again, ms, null: a growing one; undefined: it is done */
  async function attempt(row: TelegramMessageRow): Promise<number | null | undefined> {
    const isNew = row.state === 'waiting';
    const chat = { chatId: row.chat_id, storeId: row.store_id };
    const linked = (await chatsOf(db, chat.storeId)).some(({ chat_id }) => chat_id === chat.chatId);
    const tooLate = now() - Date.parse(row.due_at ?? row.created_at) > TRY_MS;
    if (!linked || tooLate) {
      if (tooLate) {
        logger.warn(chat, 'Telegram did not take a message within 24 hours; it is given up');
        onTry('given_up');
      }
      await write(row, { due_at: null, ...(isNew && { state: 'given_up' }) });
      return undefined;
    }
    await pace.turn(row.chat_id, stopping.signal);
    // If the answer to the claim is lost, or the order cannot be read, nothing was sent.
    unstored.set(row.chat_id, [row, { state: row.state, due_at: row.due_at }]);
    // Before the order is read: a change during the call makes it due again.
    const claimed = await claim(row);
    const content = claimed && (await contentToSend({ ...row, ...claimed }));
    unstored.delete(row.chat_id);
    if (!claimed) return undefined;
    if (!content) {
      if (isNew) await write(row, { state: 'given_up' });
      return undefined;
    }
    const shown = hash('sha256', JSON.stringify(content));
    if (shown === row.shown) return undefined;
    let messageId = row.message_id ?? 0;
    try {
      messageId = await tell(row, content);
    } catch (error) {
      return failed(row, error, shown);
    }
    await write(row, isNew ? { state: 'sent', message_id: messageId, shown } : { shown });
    onTry(isNew ? 'sent' : 'edited');
    return undefined;
  }

  /** @returns the message's number */
  async function tell({ state, chat_id, message_id }: TelegramMessageRow, { text, buttons }: Content): Promise<number> {
    const options = { parse_mode: 'HTML', reply_markup: { inline_keyboard: buttons } } as const;
    if (state !== 'waiting') {
      await api.editMessageText(chat_id, message_id ?? 0, text, options, signal);
      return message_id ?? 0;
    }
    const sent = await api.sendMessage(chat_id, text, options, signal);
    if (!Number.isInteger(sent?.message_id)) throw new Error('the answer names no message');
    return sent.message_id;
  }

  async function failed(row: TelegramMessageRow, error: unknown, shown: string): Promise<number | null | undefined> {
    const failure = failureOf(error);
    const about = { chatId: row.chat_id, storeId: row.store_id, err: error };
    const isNew = row.state === 'waiting';
    switch (failure.kind) {
      case 'unchanged':
        await write(row, { shown });
        onTry('edited');
        return undefined;
      case 'moved':
        // First what became of the message: if either fails, it is sent to this chat once more, which has moved still.
        await write(row, { state: row.state, due_at: row.due_at });
        await queue.write(null, (change) => moveChat(change, row.chat_id, failure.chatId));
        return undefined;
      case 'blocked':
        logger.warn(about, 'a chat of Telegram does not take messages of the bot any more; it is unlinked');
        onTry('given_up');
        await write(row, { state: isNew ? 'given_up' : 'sent' });
        await queue.write(null, (change) => removeChat(change, row.chat_id));
        return undefined;
      case 'refused':
        logger.warn(about, 'Telegram refused a message');
        onTry('given_up');
        await write(row, { state: isNew ? 'given_up' : 'sent' });
        return undefined;
      case 'unknown':
        if (isNew) {
          logger.warn(about, 'it is not known whether Telegram got a message; it is not sent again');
          await write(row, { state: 'unknown' });
          onTry('unknown');
          return undefined;
        }
        onTry('failed');
        await again(row);
        return null;
      case 'token':
        logger.warn({ storeId: row.store_id }, 'Telegram does not know the bot: check TELEGRAM_BOT_TOKEN');
        onTry('failed');
        await again(row, { state: row.state });
        return MAX_RETRY_MS;
      default:
        onTry('failed');
        await again(row, { state: row.state });
        return failure.afterMs;
    }
  }

  async function contentToSend(row: TelegramMessageRow): Promise<Content | null> {
    const content = await contentOf(row);
    await term.confirm();
    return content;
  }

  /** null: nothing is to be sent. */
  async function contentOf(row: TelegramMessageRow): Promise<Content | null> {
    if (row.kind === 'escalation') {
      const [escalation] = await findEscalations(db, [row.about]);
      if (!escalation || (row.state === 'waiting' && escalation.resolvedAt !== null)) return null;
      return { text: `⚠️ ${escaped(escalation.detail ?? escalation.kind, 1_000)}`, buttons: [] };
    }
    const order = await readOrder(row.store_id, row.about);
    if (row.state === 'waiting' && (!order || !isOpen(order.status))) return null;
    const { timeZone, settings } = await stores.get(row.store_id);
    const { language } = settings;
    if (!order) return { text: TELEGRAM_WORDS[language].deleted, buttons: [] };
    return orderContent({ order, timeZone, language, alert: row.alert, asking: row.asking === 1 });
  }

  // What was under way when the process ended may have been sent: a message that comes twice is what must not be.
  await queue.write(null, async ({ tx }) => {
    const set = { state: 'unknown', due_at: null } as const;
    await tx.updateTable('telegram_messages').set(set).where('state', '=', 'sending').execute();
  });

  return {
    async wake() {
      const linked = await db.selectFrom('telegram_chats').select('chat_id').distinct().execute();
      // Of a chat that is not linked any more nothing is due.
      for (const chatId of new Set([...linked.map(({ chat_id }) => chat_id), ...unstored.keys()])) {
        if (lanes.has(chatId) || stopping.signal.aborted) continue;
        const lane = run(chatId)
          .catch((error) => {
            if (!stopping.signal.aborted)
              logger.warn({ err: error, chatId }, 'a chat of Telegram failed; it is tried again');
          })
          .finally(() => lanes.delete(chatId));
        lanes.set(chatId, lane);
      }
    },
    async stop() {
      stopping.abort();
      const cut = setTimeout(() => cutting.abort(), CLOSE_MS);
      await Promise.all(lanes.values());
      clearTimeout(cut);
    },
  };
}
