import type { Kysely } from 'kysely';
import type { AdminCaller, Caller, DeviceCaller } from '../caller.ts';
import { wholeRow } from '../database/checked-rows.ts';
import type { Tables } from '../database/tables.ts';
import { sameHash, tokenHash } from './tokens.ts';

const ADMIN: AdminCaller = { role: 'admin', id: 'admin', name: 'admin', storeId: null };
/** Most tokens cached. */
const REMEMBERED = 10_000;
/** How long an answer is cached, ms, so that a revocation on another node takes effect within a second. */
const FRESH_MS = 1_000;

/** The holders of tokens: the database's answers, cached for a second. */
export interface Callers {
  callerOf(token: string): Promise<Caller | null>;
  /** Call it when a device is revoked, here or on another node. */
  forget(deviceId: string): void;
}

export interface CallersParts {
  db: Kysely<Tables>;
  adminToken: string | null;
  /** ms on a clock that never jumps. */
  elapsed(): number;
}

export function createCallers({ db, adminToken, elapsed }: CallersParts): Callers {
  const admin = adminToken === null ? null : tokenHash(adminToken);
  const remembered = new Map<string, { caller: DeviceCaller; askedAt: number }>();
  /** Grows with each revocation; an answer requested before it is not cached. */
  let revocations = 0;

  return {
    async callerOf(token) {
      const hash = tokenHash(token);
      if (admin !== null && sameHash(hash, admin)) return ADMIN;
      const askedAt = elapsed();
      const known = remembered.get(hash);
      if (known && askedAt - known.askedAt < FRESH_MS) return known.caller;
      remembered.delete(hash);
      const before = revocations;
      const row = await db.selectFrom('devices').selectAll().where('token_hash', '=', hash).executeTakeFirst();
      const device = row && wholeRow('devices', row);
      if (!device) return null;
      const caller: DeviceCaller = { role: device.role, id: device.id, name: device.name, storeId: device.store_id };
      if (before === revocations) {
        if (remembered.size >= REMEMBERED) remembered.clear();
        remembered.set(hash, { caller, askedAt });
      }
      return caller;
    },
    forget(deviceId) {
      revocations++;
      for (const [hash, { caller }] of remembered) if (caller.id === deviceId) remembered.delete(hash);
    },
  };
}
