import type { IncomingHttpHeaders } from 'node:http';
import type { Settings } from '../../settings.ts';

/**
 * Whether a page of the handshake's origin may connect. Many clients outside browsers send the address that they connect to
 * as their origin.
 */
export function isAllowedOrigin(
  { headers: { origin, host }, secure }: { headers: IncomingHttpHeaders; secure: boolean },
  { publicUrl, corsOrigins }: Pick<Settings, 'publicUrl' | 'corsOrigins'>,
): boolean {
  if (origin === undefined || corsOrigins.includes(origin)) return true;
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true;
  return origin === `${secure ? 'https' : 'http'}://${host}`;
}
