import type { IncomingHttpHeaders } from 'node:http';
import type { Settings } from '../../settings.ts';

interface Asked {
  headers: IncomingHttpHeaders;
  secure: boolean;
}

/**
 * Whether a page of the handshake's origin may connect. Many clients outside browsers send the address that they connect to
 * as their origin.
 */
export function isAllowedOrigin(asked: Asked, settings: Pick<Settings, 'publicUrl' | 'corsOrigins'>): boolean {
  const { origin } = asked.headers;
  return (origin !== undefined && settings.corsOrigins.includes(origin)) || isOwnOrigin(asked, settings);
}

/** Whether the request comes from a page of this server, or from no page. */
export function isOwnOrigin(
  { headers: { origin, host }, secure }: Asked,
  { publicUrl }: Pick<Settings, 'publicUrl'>,
): boolean {
  if (origin === undefined) return true;
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true;
  return origin === `${secure ? 'https' : 'http'}://${host}`;
}
