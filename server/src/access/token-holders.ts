import type { Kysely } from 'kysely';
import type { AdminCaller, Caller, DeviceCaller } from '../caller.ts';
import { isWhole, wholeRow } from '../database/checked-rows.ts';
import { paddedLists } from '../database/padded-lists.ts';
import type { DeviceRow, Tables } from '../database/tables.ts';
import { sameHash, tokenHash } from './tokens.ts';

const ADMIN: AdminCaller = { role: 'admin', id: 'admin', name: 'admin', storeId: null };
/** How long a token stays valid after its device got another (contract, section 5). */
export const FORMER_MS = 10 * 60_000;

/** Whose tokens are valid, from the database. Tokens are given as their hashes. */
export interface TokenHolders {
  /** The holder of a token; null: unknown, revoked or expired. */
  ofToken(hash: string): Promise<Caller | null>;
  /** A device (null: the admin) and its valid tokens; null: unknown or revoked. */
  ofDevice(id: string | null): Promise<{ caller: Caller; tokenHashes: string[] } | null>;
  /** The valid ones of these tokens, and the admin's. */
  valid(hashes: readonly string[]): Promise<Set<string>>;
}

export function createTokenHolders(db: Kysely<Tables>, adminToken: string | null, now: () => number): TokenHolders {
  const admin = adminToken === null ? null : tokenHash(adminToken);
  const iso = (ms: number) => new Date(ms).toISOString();

  const formerTokens = () =>
    db
      .selectFrom('former_tokens')
      .selectAll()
      .where('expires_at', '>', iso(now()))
      // A longer life means that the clock was set back since.
      .where('expires_at', '<=', iso(now() + FORMER_MS));

  /** A revoked device has no token. */
  const deviceOf = async (id: string): Promise<DeviceRow | undefined> => {
    const row = await db
      .selectFrom('devices')
      .selectAll()
      .where('id', '=', id)
      .where('token_hash', 'is not', null)
      .executeTakeFirst();
    return row && wholeRow('devices', row);
  };

  return {
    async ofToken(hash) {
      if (admin !== null && sameHash(hash, admin)) return ADMIN;
      const row = await db.selectFrom('devices').selectAll().where('token_hash', '=', hash).executeTakeFirst();
      if (row) {
        const device = wholeRow('devices', row);
        return device ? callerFromRow(device) : null;
      }
      const former = await formerTokens().where('token_hash', '=', hash).executeTakeFirst();
      const device = former && isWhole('former_tokens', former) ? await deviceOf(former.device_id) : undefined;
      return device ? callerFromRow(device) : null;
    },
    async ofDevice(id) {
      if (id === null) return admin === null ? null : { caller: ADMIN, tokenHashes: [admin] };
      const device = await deviceOf(id);
      if (!device) return null;
      const former = (await formerTokens().where('device_id', '=', id).execute()).filter((row) =>
        isWhole('former_tokens', row),
      );
      const tokenHashes = [...former.map((row) => row.token_hash), ...(device.token_hash ? [device.token_hash] : [])];
      return { caller: callerFromRow(device), tokenHashes };
    },
    async valid(hashes) {
      const valid = new Set(admin === null ? [] : [admin]);
      for (const list of paddedLists(hashes)) {
        const [devices, former] = await Promise.all([
          db.selectFrom('devices').select('token_hash').where('token_hash', 'in', list).execute(),
          formerTokens().where('token_hash', 'in', list).execute(),
        ]);
        for (const { token_hash } of [...devices, ...former]) if (token_hash !== null) valid.add(token_hash);
      }
      return valid;
    },
  };
}

const callerFromRow = (row: DeviceRow): DeviceCaller => ({
  role: row.role,
  id: row.id,
  name: row.name,
  storeId: row.store_id,
});
