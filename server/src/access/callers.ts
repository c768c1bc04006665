import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { AdminCaller, Caller, DeviceCaller } from '../service.ts';
import { sameHash, tokenHash } from './tokens.ts';

const ADMIN: AdminCaller = { role: 'admin', id: 'admin', name: 'admin', storeId: null };
/** Tokens remembered at most; then all are forgotten and looked up again. */
const REMEMBERED = 10_000;
/** For so long an answer is not asked for again, ms: how long another process's revocation goes unseen at most. */
const REMEMBER_MS = 1_000;

/** Who holds which token: the database's answer, remembered for a second. */
export interface Callers {
  callerOf(token: string): Promise<Caller | null>;
  forget(deviceId: string): void;
}

export function createCallers(db: Kysely<Tables>, adminToken: string | null, elapsed: () => number): Callers {
  const admin = adminToken === null ? null : tokenHash(adminToken);
  const remembered = new Map<string, { device: DeviceCaller; at: number }>();
  /** Grows with each revocation: an answer that was under way then is not remembered. */
  let revocations = 0;

  return {
    async callerOf(token) {
      const hash = tokenHash(token);
      if (admin !== null && sameHash(hash, admin)) return ADMIN;
      const known = remembered.get(hash);
      const at = elapsed();
      if (known && at - known.at < REMEMBER_MS) return known.device;
      const before = revocations;
      const device = await db
        .selectFrom('devices')
        .select(['role', 'id', 'name', 'store_id as storeId'])
        .where('token_hash', '=', hash)
        .executeTakeFirst();
      if (!device) return null;
      if (before === revocations) {
        if (remembered.size >= REMEMBERED) remembered.clear();
        remembered.set(hash, { device, at });
      }
      return device;
    },
    forget(deviceId) {
      revocations++;
      for (const [hash, { device }] of remembered) if (device.id === deviceId) remembered.delete(hash);
    },
  };
}
