import type { Settings } from '../../settings.ts';
import { clientOf, type FromClient } from '../client-of.ts';

/**
 * Whether a page of the handshake's origin may connect. Many clients outside browsers send the address that they connect to
 * as their origin.
 */
export function isAllowedOrigin(
  request: FromClient,
  settings: Pick<Settings, 'publicUrl' | 'corsOrigins' | 'trustProxy'>,
): boolean {
  const { origin } = request.headers;
  return (origin !== undefined && settings.corsOrigins.includes(origin)) || isOwnOrigin(request, settings);
}

/** Whether the request comes from a page of this server, or from no page. */
export function isOwnOrigin(request: FromClient, settings: Pick<Settings, 'publicUrl' | 'trustProxy'>): boolean {
  const { origin } = request.headers;
  const { publicUrl } = settings;
  if (origin === undefined) return true;
  return origin === clientOf(request, settings).origin || (publicUrl !== null && origin === new URL(publicUrl).origin);
}
