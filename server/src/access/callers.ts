import type { Caller, DeviceCaller } from '../caller.ts';
import type { TokenHolders } from './token-holders.ts';
import { tokenHash } from './tokens.ts';

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

/** @param elapsed ms on a clock that never jumps */
export function createCallers(holders: Pick<TokenHolders, 'ofToken'>, elapsed: () => number): Callers {
  const remembered = new Map<string, { caller: DeviceCaller; askedAt: number }>();
  /** Grows with each revocation; an answer requested before it is not cached. */
  let revocations = 0;

  return {
    async callerOf(token) {
      const hash = tokenHash(token);
      const askedAt = elapsed();
      const known = remembered.get(hash);
      if (known && askedAt - known.askedAt < FRESH_MS) return known.caller;
      remembered.delete(hash);
      const before = revocations;
      const caller = await holders.ofToken(hash);
      if (caller === null || caller.role === 'admin') return caller;
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
