import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DeviceRole } from '#contract/store.ts';

/** A new token: 256 random bits behind a prefix that tells people (and secret scanners) what they are looking at. */
export function newToken(role: DeviceRole): string {
  return `tr_${role === 'display' ? 'd' : 'i'}_${randomBytes(32).toString('base64url')}`;
}

/** How a token is stored and looked up. Plain SHA-256 will do: there is nothing to guess in 256 random bits. */
export const tokenHash = (token: string): string => hash('sha256', token);

/** Compares without telling by its time how much was right. */
export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
