import { hash, randomInt } from 'node:crypto';
import { PAIRING_ALPHABET } from '#contract/store.ts';
import { isWhole, withChecksum } from '../database/checked-rows.ts';
import type { Write } from '../database/write-queue.ts';

/** Contract, section 3: six of 32 characters, valid for ten minutes and one use. The edge counts wrong tries. */
const LENGTH = 6;
const LIFETIME_MS = 10 * 60_000;

export async function createPairingCode(
  { tx }: Write,
  storeId: string,
  now: number,
): Promise<{ code: string; expiresAt: string }> {
  const code = Array.from({ length: LENGTH }, () => PAIRING_ALPHABET[randomInt(PAIRING_ALPHABET.length)]).join('');
  const expiresAt = new Date(now + LIFETIME_MS).toISOString();
  await tx.deleteFrom('pairing_codes').where('expires_at', '<=', new Date(now).toISOString()).execute();
  await tx
    .insertInto('pairing_codes')
    .values(
      withChecksum('pairing_codes', { code_hash: hash('sha256', code), store_id: storeId, expires_at: expiresAt }),
    )
    .execute();
  return { code, expiresAt };
}

/** Uses up a code and returns its store; undefined: there is no such code. @param code as of {@link codeOf} */
export async function usePairingCode({ tx }: Write, code: string, now: number): Promise<string | undefined> {
  const at = new Date(now).toISOString();
  const open = await tx
    .deleteFrom('pairing_codes')
    .where('code_hash', '=', hash('sha256', code))
    .where('expires_at', '>', at)
    // A longer life means that the clock was set back since.
    .where('expires_at', '<=', new Date(now + LIFETIME_MS).toISOString())
    .returningAll()
    .executeTakeFirst();
  return open && isWhole('pairing_codes', open) ? open.store_id : undefined;
}

/** Accepts lower case, spaces, and letters that look like digits; undefined: it is no code. */
export function codeOf(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const wellFormed = code.length === LENGTH && [...code].every((letter) => PAIRING_ALPHABET.includes(letter));
  return wellFormed ? code : undefined;
}
