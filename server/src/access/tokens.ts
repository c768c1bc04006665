import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DeviceRole } from '#contract/store.ts';

/** 256 random bits after a prefix by which people and secret scanners recognise a token. */
export function newToken(kind: DeviceRole | 'session'): string {
  return `tr_${kind[0]}_${randomBytes(32).toString('base64url')}`;
}

/** How a token is stored and looked up. Plain SHA-256 is enough: nobody guesses 256 random bits. */
export const tokenHash = (token: string): string => hash('sha256', token);

/** Compares in constant time. */
export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
