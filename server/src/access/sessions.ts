import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { isManaging, type ManagingCaller } from '../caller.ts';
import { isWhole, withChecksum } from '../database/checked-rows.ts';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import type { TokenHolders } from './token-holders.ts';
import { newToken, sameHash, tokenHash } from './tokens.ts';

/** Contract, section 9. */
const LIFETIME_MS = 12 * 3_600_000;

/** Sessions of pages. Each ends after 12 hours, or when the token that opened it is no longer valid. */
export interface Sessions {
  /** @param token of this caller */
  open(caller: ManagingCaller, token: string): Promise<string>;
  /** null: unknown or ended. */
  callerOf(session: string): Promise<ManagingCaller | null>;
  end(session: string): Promise<void>;
}

export interface SessionsParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  holders: TokenHolders;
  now(): number;
}

export function createSessions({ db, queue, holders, now }: SessionsParts): Sessions {
  const iso = (ms: number) => new Date(ms).toISOString();

  return {
    async open({ role, id }, token) {
      const session = newToken('session');
      const opened = {
        session_hash: tokenHash(session),
        device_id: role === 'admin' ? null : id,
        proof: proofOf(session, tokenHash(token)),
        expires_at: iso(now() + LIFETIME_MS),
      };
      await queue.write(null, async ({ tx }) => {
        await tx.deleteFrom('sessions').where('expires_at', '<=', iso(now())).execute();
        await tx.insertInto('sessions').values(withChecksum('sessions', opened)).execute();
      });
      return session;
    },
    async callerOf(session) {
      const row = await db
        .selectFrom('sessions')
        .selectAll()
        .where('session_hash', '=', tokenHash(session))
        .where('expires_at', '>', iso(now()))
        // A longer life means that the clock was set back since.
        .where('expires_at', '<=', iso(now() + LIFETIME_MS))
        .executeTakeFirst();
      if (!row || !isWhole('sessions', row)) return null;
      const holder = await holders.ofDevice(row.device_id);
      if (!holder?.tokenHashes.some((one) => sameHash(proofOf(session, one), row.proof))) return null;
      return isManaging(holder.caller) ? holder.caller : null;
    },
    async end(session) {
      await queue.write(null, ({ tx }) =>
        tx.deleteFrom('sessions').where('session_hash', '=', tokenHash(session)).execute(),
      );
    },
  };
}

/**
 * Binds a session to a token. A hash of ADMIN_TOKEN, which a person may have chosen, could be guessed from a copied
 * database; this one cannot, since the database does not hold the session's 256 random bits.
 */
const proofOf = (session: string, tokenHash: string): string => hash('sha256', `${session} ${tokenHash}`);
