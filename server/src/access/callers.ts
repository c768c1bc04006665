import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { AdminCaller, Caller, DeviceCaller } from '../service.ts';
import { sameHash, tokenHash } from './tokens.ts';

const ADMIN: AdminCaller = { role: 'admin', id: 'admin', name: 'admin', storeId: null };
/** Tokens remembered at most; the oldest are forgotten and looked up again. */
const REMEMBERED = 10_000;

/** Who holds which token: the database's answer, remembered until the device is revoked. */
export interface Callers {
  callerOf(token: string): Promise<Caller | null>;
  forget(deviceId: string): void;
}

export function createCallers(db: Kysely<Tables>, adminToken: string | null): Callers {
  const admin = adminToken === null ? null : tokenHash(adminToken);
  const remembered = new Map<string, DeviceCaller>();
  /** Grows with each revocation: an answer that was under way then is not remembered. */
  let revocations = 0;

  return {
    async callerOf(token) {
      const hash = tokenHash(token);
      if (admin !== null && sameHash(hash, admin)) return ADMIN;
      const known = remembered.get(hash);
      if (known) return known;
      const before = revocations;
      const device = await db
        .selectFrom('devices')
        .select(['role', 'id', 'name', 'store_id as storeId'])
        .where('token_hash', '=', hash)
        .executeTakeFirst();
      if (!device) return null;
      if (before === revocations) {
        if (remembered.size >= REMEMBERED) remembered.clear();
        remembered.set(hash, device);
      }
      return device;
    },
    forget(deviceId) {
      revocations++;
      for (const [hash, { id }] of remembered) if (id === deviceId) remembered.delete(hash);
    },
  };
}
