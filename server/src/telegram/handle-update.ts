import { hash } from 'node:crypto';
import type { Api } from 'grammy';
import type { CallbackQuery, Chat, Message, Update } from 'grammy/types';
import { v7 as uuid } from 'uuid';
import type { AdminCommand } from '#contract/admin.ts';
import { LANGUAGES } from '#contract/setting-names.ts';
import type { DeviceCaller } from '../caller.ts';
import type { Write } from '../database/write-queue.ts';
import { ServiceError } from '../service-error.ts';
import { useChatCode } from './chat-codes.ts';
import { linkChat, moveChat, removeChat } from './chat-rows.ts';
import type { BotParts } from './parts.ts';
import type { TelegramMessageRow } from './telegram-tables.ts';
import { REASONS, TELEGRAM_WORDS, type TelegramWords } from './telegram-words.ts';

/** Wrong codes after which a chat is ignored for a while. */
const WRONG_TRIES = 5;
const IGNORED_MS = 10 * 60_000;

export interface UpdateParts extends BotParts {
  api: Api;
  /** Cuts calls that are under way. */
  signal: AbortSignal;
  /** Chats or messages have changed. */
  onChange(): Promise<void>;
}

/** Handles what somebody writes or presses. Resolves when its effect is durable; a repeated update changes nothing more. */
export function createUpdateHandler(parts: UpdateParts): (update: Update) => Promise<void> {
  const { db, queue, makeOnce, stores, submitIntent, api, onChange, logger, now } = parts;
  const signal = parts.signal as never;
  const wrong = new Map<string, { tries: number; until: number }>();

  /** An answer that does not arrive is lost: what it says has happened all the same. */
  const say = (chatId: string, text: string) =>
    api
      .sendMessage(chatId, text, {}, signal)
      .catch((error) => logger.warn({ err: error, chatId }, 'Telegram did not take an answer'));

  /** @returns the store of a code that it uses up, or that the same update has used before; null: there is no such code */
  async function link(chat: Chat, typed: string, updateId: number): Promise<string | null> {
    const chatId = String(chat.id);
    const request = hash('sha256', typed);
    const once = { callerId: `chat code ${request}`, key: `${chatId} ${updateId}`, request };
    const make = async (write: Write) => {
      const { store_id, mode } = (await useChatCode(write, typed, now())) ?? refuseCode();
      const created_at = new Date(now()).toISOString();
      await linkChat(write, { id: uuid(), store_id, chat_id: chatId, name: nameOf(chat), mode, created_at });
      return { id: store_id, made: store_id };
    };
    const linked = queue.write(null, (write) =>
      makeOnce(
        write,
        once,
        () => make(write),
        async (storeId) => storeId,
      ),
    );
    return linked.catch((error) => {
      if (error instanceof ServiceError && error.code === 'not_found') return null;
      throw error;
    });
  }

  async function start(chat: Chat, typed: string, updateId: number, words: TelegramWords): Promise<void> {
    const chatId = String(chat.id);
    const tried = wrong.get(chatId);
    const tries = tried && tried.until > now() ? tried.tries : 0;
    if (tries >= WRONG_TRIES) return;
    if (typed === '') return void (await say(chatId, words.startHow));
    const storeId = await link(chat, typed, updateId);
    if (storeId === null) {
      wrong.set(chatId, { tries: tries + 1, until: now() + IGNORED_MS });
      return void (await say(chatId, words.codeWrong));
    }
    wrong.delete(chatId);
    await onChange();
    const { name } = await stores.get(storeId);
    await say(chatId, words.linked(name));
  }

  async function message({ chat, from, text, migrate_to_chat_id: moved }: Message, updateId: number): Promise<void> {
    const chatId = String(chat.id);
    if (moved !== undefined) return queue.write(null, (write) => moveChat(write, chatId, String(moved)));
    const [, command, typed = ''] = /^\/(start|stop)(?:@\w+)?(?:\s+(\S{1,64}))?\s*$/.exec(text ?? '') ?? [];
    if (command === 'start') await start(chat, typed, updateId, wordsFor(from));
    if (command !== 'stop') return;
    await queue.write(null, (write) => removeChat(write, chatId));
    await say(chatId, wordsFor(from).stopped);
  }

  async function pressed({ id, data = '', from, message: shown }: CallbackQuery): Promise<void> {
    const [, action = '', orderId = ''] = /^([a-z_-]{1,20}):(\S{1,64})$/.exec(data) ?? [];
    const words = shown ? await act(action, orderId, shown, from) : wordsFor(from).tooOld;
    await api
      .answerCallbackQuery(id, words === null ? {} : { text: words }, signal)
      .catch((error) => logger.warn({ err: error }, 'Telegram did not take an answer to a button'));
  }

  /** @returns what to tell the person; null: nothing */
  async function act(
    action: string,
    orderId: string,
    shown: NonNullable<CallbackQuery['message']>,
    from: CallbackQuery['from'],
  ): Promise<string | null> {
    const chatId = String(shown.chat.id);
    const row = await db
      .selectFrom('telegram_messages as m')
      .innerJoin('telegram_chats as c', (on) =>
        on.onRef('c.chat_id', '=', 'm.chat_id').onRef('c.store_id', '=', 'm.store_id'),
      )
      .selectAll('m')
      .where('m.chat_id', '=', chatId)
      .where('m.about', '=', orderId)
      .where('m.kind', '=', 'order')
      .executeTakeFirst();
    if (!row) return wordsFor(from).notLinked;
    if (action === 'reject' || action === 'back') {
      await change(row, shown.message_id, { asking: action === 'reject' ? 1 : 0 });
      return null;
    }
    const { language } = (await stores.get(row.store_id)).settings;
    const intent = intentOf(action, TELEGRAM_WORDS[language]);
    if (!intent) return null;
    const name = [from.first_name, from.last_name].filter(Boolean).join(' ').slice(0, 80) || String(from.id);
    const caller: DeviceCaller<'manager'> = {
      role: 'manager',
      id: `telegram:${from.id}`,
      name: `${name} (Telegram)`,
      storeId: row.store_id,
    };
    const command = { storeId: row.store_id, orderId, ...intent } as AdminCommand;
    const { outcome } = await submitIntent(queue, caller, command);
    await change(row, shown.message_id, { asking: 0 });
    if (outcome === 'applied') return null;
    if (outcome === 'already') return wordsFor(from).already;
    return wordsFor(from).movedOn;
  }

  /** Also learns the number of a message of which it was not known whether it was sent. */
  async function change(row: TelegramMessageRow, messageId: number, set: { asking: number }): Promise<void> {
    const due_at = new Date(now()).toISOString();
    const known = row.message_id ?? messageId;
    await queue.write(row.store_id, async ({ tx }: Write) => {
      await tx
        .updateTable('telegram_messages')
        .set({ ...set, due_at, message_id: known, ...(row.state === 'unknown' && { state: 'sent' }) })
        .where('id', '=', row.id)
        .execute();
    });
    await onChange();
  }

  return async ({ update_id: id, message: written, callback_query: press, my_chat_member: membership }) => {
    if (written) await message(written, id);
    if (press) await pressed(press);
    const left = membership && ['kicked', 'left'].includes(membership.new_chat_member.status);
    if (left) await queue.write(null, (write) => removeChat(write, String(membership.chat.id)));
  };
}

function refuseCode(): never {
  throw new ServiceError('not_found', 'There is no such code.');
}

function intentOf(action: string, words: TelegramWords): object | null {
  if (action === 'accept') return { type: 'set_status', payload: { from: 'pending', to: 'preparing' } };
  if (action === 'seen') return { type: 'acknowledge', payload: {} };
  const name = REASONS.find((one) => action === `reject-${one}`);
  if (name === undefined) return null;
  const reason = words.reason[name];
  return { type: 'set_status', payload: { from: 'pending', to: 'rejected', reason } };
}

const nameOf = (chat: Chat): string =>
  (chat.title ?? ([chat.first_name, chat.last_name].filter(Boolean).join(' ') || String(chat.id))).slice(0, 100);

/** In the language of the person's Telegram. */
function wordsFor(person: { language_code?: string } | undefined): TelegramWords {
  const language = LANGUAGES.find((one) => one === person?.language_code?.slice(0, 2));
  return TELEGRAM_WORDS[language ?? 'en'];
}
