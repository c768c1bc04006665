import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Term } from '../leases/term.ts';
import type { StopReading } from '../log/follow/log-reader.ts';
import { ServiceError } from '../service-error.ts';
import { every } from '../time/every.ts';
import { createAnnounce } from './announce.ts';
import { createBotApi } from './bot-api.ts';
import { createChatCode } from './chat-codes.ts';
import { chatFrom, chatsOf, linkChat, removeChat } from './chat-rows.ts';
import { createSender } from './create-sender.ts';
import { createUpdateHandler } from './handle-update.ts';
import type { TelegramParts } from './parts.ts';
import { pollUpdates } from './poll-updates.ts';
import type { Telegram, TelegramSettings, TelegramTry } from './telegram.ts';

/** How often it looks without a hint, ms. */
const LOOK_MS = 1_000;
/**
 * How often it compares all open escalations with the messages, ms: the longest delay from a lost hint, or from one that
 * another node raised. A pause is this many times as long as a look took: an unseen rush leaves thousands open.
 */
const LOOK_AT_ALL_MS = { least: 1_000, most: 60_000 };
const PAUSE_FOR_LOOK = 1_000;
/** After changes of a store, ms, until it looks at the next ones; a chat hears of one order a second anyway. */
const GATHER_MS = 1_000;
/** The name of its cursors in the logs. */
const FOLLOWER = 'telegram';

export interface TelegramService extends Telegram {
  /** Runs the bot, if there is one, as the work of a term. @returns ends it */
  run(term: Term): Promise<() => Promise<void>>;
}

/** @param bot null: the server has none */
export function createTelegram(parts: TelegramParts, bot: TelegramSettings | null): TelegramService {
  const { db, stores, hints, log, logger, now } = parts;
  const tries = new Set<(outcome: TelegramTry) => void>();
  const states = new Set<(state: 'here' | 'away') => void>();
  let state: 'here' | 'away' | null = null;

  function onState(next: 'here' | 'away'): void {
    if (next === state) return;
    state = next;
    for (const listener of states) listener(next);
  }

  async function run(settings: TelegramSettings, term: Term): Promise<() => Promise<void>> {
    const { queue } = term;
    const ofTerm = { ...parts, queue, term };
    const api = await createBotApi(settings.token, settings.apiRoot);
    const announce = createAnnounce(ofTerm);
    const sender = await createSender(ofTerm, api.calls, (outcome) => {
      for (const listener of tries) listener(outcome);
    });
    const readers = new Map<string, StopReading>();
    const closing = new AbortController();
    /** Ids of escalations that were raised or resolved. */
    let heard = new Set<string>();
    let lookAtAllAt = 0;
    let last: Promise<void> = Promise.resolve();
    let next: Promise<void> | null = null;

    /** A store that gets a chat again begins at the head of its log: what came between is old. */
    async function forget(wanted: string[]): Promise<void> {
      const unwanted = db.selectFrom('followers').select('store_id').where('name', '=', FOLLOWER);
      const known = (await unwanted.execute()).map((row) => row.store_id).filter((id) => !wanted.includes(id));
      for (const storeId of known) {
        await readers.get(storeId)?.();
        readers.delete(storeId);
        await queue.write(storeId, async ({ tx }) => {
          await tx.deleteFrom('followers').where('name', '=', FOLLOWER).where('store_id', '=', storeId).execute();
        });
      }
    }

    /** Each store with a chat has a reader of its log. */
    async function follow(): Promise<void> {
      const rows = await db.selectFrom('telegram_chats').select('store_id').distinct().execute();
      const wanted = new Set(rows.map((row) => row.store_id));
      await forget([...wanted]);
      for (const storeId of wanted) {
        if (readers.has(storeId)) continue;
        const stop = await log.follow(
          {
            name: FOLLOWER,
            storeId,
            async handle(batch) {
              await announce.changes(storeId, batch);
              await sender.wake();
              // So that in a rush many changes share a transaction.
              await pause(GATHER_MS, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
            },
            // What was missed is old; escalations name the orders that nobody has seen.
            onReset: async () => undefined,
          },
          term,
        );
        readers.set(storeId, stop);
      }
    }

    async function lookOnce(): Promise<void> {
      next = null;
      await follow();
      await lookAtEscalations();
      await sender.wake();
    }

    /** At what was heard of; at all of them now and then, after a failure, and for a new chat. */
    async function lookAtEscalations(): Promise<void> {
      const began = performance.now();
      const ids = began < lookAtAllAt ? heard : null;
      heard = new Set();
      // A new chat during this look sets it back.
      if (ids === null) lookAtAllAt = Number.POSITIVE_INFINITY;
      try {
        if (ids === null || ids.size > 0) await announce.escalations(ids);
      } catch (error) {
        lookAtAllAt = 0;
        throw error;
      }
      if (lookAtAllAt !== Number.POSITIVE_INFINITY) return;
      const ended = performance.now();
      const pauseMs = (ended - began) * PAUSE_FOR_LOOK;
      lookAtAllAt = ended + Math.min(LOOK_AT_ALL_MS.most, Math.max(LOOK_AT_ALL_MS.least, pauseMs));
    }

    /** Calls during a look share the next one. */
    function look(): Promise<void> {
      if (next === null) {
        next = last.catch(() => undefined).then(lookOnce);
        last = next;
      }
      return next;
    }

    const onFailure = (error: unknown) =>
      logger.warn({ err: error }, 'messages for Telegram could not be read or stored; it is tried again');
    const unhear = hints.onHint((hint) => {
      if (hint.kind !== 'escalation') return;
      heard.add(hint.id);
      void look().catch(onFailure);
    });
    const stopLooking = every(LOOK_MS, look, onFailure);
    const onChange = () => {
      lookAtAllAt = 0;
      return look();
    };
    const handle = createUpdateHandler({ ...ofTerm, api: api.calls, signal: closing.signal, onChange });
    const botId = hash('sha256', settings.token).slice(0, 16);
    const stopPolling = pollUpdates({ db, queue, logger, now, api: api.polls, botId, handle, onState });
    look().catch(onFailure);

    return async () => {
      closing.abort();
      unhear();
      stopLooking();
      await stopPolling();
      await last.catch(() => undefined);
      for (const stop of readers.values()) await stop();
      await sender.stop();
    };
  }

  return {
    async createCode(storeId, mode) {
      await stores.get(storeId);
      if (!bot) throw new ServiceError('conflict', 'Telegram is not set up: set TELEGRAM_BOT_TOKEN of the server.');
      return parts.queue.write(storeId, (write) => createChatCode(write, storeId, mode, now()));
    },
    async list(storeId) {
      await stores.get(storeId);
      return (await chatsOf(db, storeId)).map(chatFrom);
    },
    async setMode(storeId, id, mode) {
      await stores.get(storeId);
      return parts.queue.write(storeId, async (write) => {
        const chat = (await chatsOf(write.tx, storeId)).find((one) => one.id === id);
        if (!chat) throw new ServiceError('not_found', 'There is no such chat.');
        await linkChat(write, { ...chat, mode });
        return chatFrom({ ...chat, mode });
      });
    },
    async remove(storeId, id) {
      await stores.get(storeId);
      await parts.queue.write(storeId, async (write) => {
        const chat = write.tx.selectFrom('telegram_chats').select('chat_id').where('id', '=', id);
        const found = await chat.where('store_id', '=', storeId).executeTakeFirst();
        if (!found) throw new ServiceError('not_found', 'There is no such chat.');
        await removeChat(write, found.chat_id, storeId);
      });
    },
    onTry(listener) {
      tries.add(listener);
      return () => void tries.delete(listener);
    },
    onState(listener) {
      states.add(listener);
      return () => void states.delete(listener);
    },
    run: async (term) => (bot ? run(bot, term) : async () => undefined),
  };
}
