import { hash, randomInt } from 'node:crypto';
import { PAIRING_ALPHABET } from '#contract/store.ts';
import type { TelegramCode, TelegramMode } from '#contract/telegram.ts';
import type { Write } from '../database/write-queue.ts';
import type { TelegramCodeRow } from './telegram-tables.ts';

const LENGTH = 8;
const LIFETIME_MS = 10 * 60_000;

/** A code of eight characters, good for ten minutes and one chat; only its hash is stored. @param now ms since 1970 */
export async function createChatCode(
  { tx }: Write,
  storeId: string,
  mode: TelegramMode,
  now: number,
): Promise<TelegramCode> {
  const code = Array.from({ length: LENGTH }, () => PAIRING_ALPHABET[randomInt(PAIRING_ALPHABET.length)]).join('');
  const expiresAt = new Date(now + LIFETIME_MS).toISOString();
  await tx.deleteFrom('telegram_codes').where('expires_at', '<=', new Date(now).toISOString()).execute();
  await tx
    .insertInto('telegram_codes')
    .values({ code_hash: hash('sha256', code), store_id: storeId, mode, expires_at: expiresAt })
    .execute();
  return { code, expiresAt };
}

/** Uses a code up; undefined: there is none like it. Lower case and letters that look like digits are accepted. */
export async function useChatCode({ tx }: Write, typed: string, now: number): Promise<TelegramCodeRow | undefined> {
  const code = typed.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return (
    tx
      .deleteFrom('telegram_codes')
      .where('code_hash', '=', hash('sha256', code))
      .where('expires_at', '>', new Date(now).toISOString())
      // A longer life means that the clock was set back since.
      .where('expires_at', '<=', new Date(now + LIFETIME_MS).toISOString())
      .returningAll()
      .executeTakeFirst()
  );
}
