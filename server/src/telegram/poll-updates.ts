import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import { failureOf, POLL_S } from './bot-api.ts';
import type { TelegramParts } from './parts.ts';

/** After a week without updates Telegram counts from any number, so a kept offset is good for less than that, ms. */
const OFFSET_MS = 5 * 24 * 3_600_000;
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;
/** An update that makes the server fail so often is passed over. */
const TRIES = 3;

export interface PollParts extends Pick<TelegramParts, 'db' | 'queue' | 'logger' | 'now'> {
  api: Api;
  botId: string;
  handle(update: Update): Promise<void>;
  /** After each call. */
  onState(state: 'here' | 'away'): void;
}

/** Asks for updates, one call after the other. An update is confirmed after its effect is durable. @returns ends it */
export function pollUpdates({ db, queue, logger, now, api, botId, handle, onState }: PollParts): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const wait = (ms: number) => pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
  let failing: { update: number; tries: number } = { update: -1, tries: 0 };

  async function nextUpdate(): Promise<number | undefined> {
    const row = await db.selectFrom('telegram_offsets').selectAll().where('bot_id', '=', botId).executeTakeFirst();
    return row && now() - Date.parse(row.at) < OFFSET_MS ? row.next_update : undefined;
  }

  async function handled(update: Update): Promise<void> {
    const at = new Date(now()).toISOString();
    const next_update = update.update_id + 1;
    await queue.write(null, async ({ tx }) => {
      await tx
        .insertInto('telegram_offsets')
        .values({ bot_id: botId, next_update, at })
        .onConflict((oc) => oc.column('bot_id').doUpdateSet({ next_update, at }))
        .execute();
    });
  }

  async function handleOnce(update: Update): Promise<void> {
    try {
      await handle(update);
    } catch (error) {
      // Nobody presses a button again whose press has been taken.
      if (error instanceof DatabaseUnavailable) throw error;
      failing = { update: update.update_id, tries: failing.update === update.update_id ? failing.tries + 1 : 1 };
      if (failing.tries < TRIES) throw error;
      logger.warn({ err: error }, 'an update of Telegram failed three times and is passed over');
    }
  }

  async function step(): Promise<void> {
    const offset = await nextUpdate();
    const kinds = { timeout: POLL_S, allowed_updates: ['message', 'callback_query', 'my_chat_member'] as const };
    const updates = await api.getUpdates({ ...kinds, ...(offset !== undefined && { offset }) }, signal as never);
    if (!Array.isArray(updates)) throw new Error('the answer is no list of updates');
    onState('here');
    for (const update of updates) {
      if (signal.aborted) return;
      if (!Number.isSafeInteger(update?.update_id)) continue;
      if (offset !== undefined && update.update_id < offset) continue;
      await handleOnce(update);
      await handled(update);
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await step();
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        onState('away');
        const failure = failureOf(error);
        const isWrong = failure.kind === 'token';
        // Of a long trouble only the beginning.
        if (failures <= 3)
          logger.warn(
            isWrong ? {} : { err: error },
            isWrong
              ? 'Telegram does not know the bot: check TELEGRAM_BOT_TOKEN'
              : 'Telegram does not answer; it is tried again, and orders go on as before',
          );
        const growing = Math.min(RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS);
        await wait(failure.kind === 'retry' && failure.afterMs !== null ? failure.afterMs : growing);
      }
    }
  }

  const ended = run();
  return () => {
    stopping.abort();
    return ended;
  };
}
