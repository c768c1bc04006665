import type { BridgeError } from '#contract/bridge.ts';
import { fail, type Result } from '#contract/errors.ts';
import type { Store } from '#contract/store.ts';
import type { Ports } from '../ports.ts';
import { createServerApi, originOf } from './server-api.ts';
import { ServerError } from './server-error.ts';

/**
 * Asks the server whether a token belongs to a display, before anything is stored. Throws {@link ServerError}.
 *
 * @returns the token's store, or null if the server does not name it
 */
export async function verify(
  ports: Pick<Ports, 'http' | 'clock'>,
  serverUrl: string,
  token: string,
): Promise<Store | null> {
  const api = createServerApi(ports, { origin: originOf(serverUrl), token });
  await api.sync({ epoch: null, cursor: 0, hash: null }, null);
  return api.store().catch(() => null);
}

/** The bridge error for a failed connection. */
export function whyNotConnected(error: unknown): Result<never, BridgeError> {
  if (!(error instanceof ServerError)) throw error;
  if (error.reason === 'server_away') return fail('unavailable', 'No server answers at this address.');
  if (error.reason === 'rate_limited') return fail('unavailable', 'Too many tries. Wait a minute and try again.');
  if (error.reason === 'revoked')
    return fail('not_allowed', 'The server does not know this token, or it is not a display’s.');
  if (error.status === 404) return fail('not_found', 'This code is wrong, used up or too old.');
  if (error.status === 400) return fail('not_allowed', 'The server does not take this for a display.');
  return fail('unavailable', `The server cannot do this now: ${error.message}`);
}
