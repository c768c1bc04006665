import type { ErrorBody, ErrorCode } from '#contract/errors.ts';
import { createRepeatKeys } from './create-repeat-keys.ts';

/** Why a call failed. `away`: no answer; the network or the server is gone. */
export interface Failure {
  code: ErrorCode | 'away';
  /** For people who read English; a page shows words of its language for the code. */
  message: string;
  details: readonly { path: string; message: string }[];
}
export type Answer<T> = { ok: true; value: T } | { ok: false; error: Failure };
export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/**
 * Calls below `api/v1`. Never throws.
 *
 * @param once for a call that makes something: repeated because its answer was lost, it makes no second one
 */
export type Api = <T = null>(
  method: Method,
  path: string,
  body?: unknown,
  options?: { once?: boolean },
) => Promise<Answer<T>>;

const AWAY: Failure = { code: 'away', message: 'The server does not answer.', details: [] };
const WITHIN_MS = 15_000;

/**
 * @param base the page's address, beside which `api` is
 * @param token sent as bearer; without one the cookie of the session counts
 * @param onRefused a call was answered 401
 * @param onServerTime the server's clock when it answered, ms, to the second
 */
export function createApi({
  base,
  token,
  onRefused,
  onServerTime,
}: {
  base: string;
  token?: () => string | null;
  onRefused?: () => void;
  onServerTime?: (at: number) => void;
}): Api {
  const keys = createRepeatKeys();
  return async <T>(method: Method, path: string, body?: unknown, { once = false } = {}): Promise<Answer<T>> => {
    const bearer = token?.();
    const request = `${method} ${path} ${JSON.stringify(body)}`;
    const init: RequestInit = {
      method,
      credentials: bearer ? 'omit' : 'same-origin',
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(once ? { 'idempotency-key': keys.of(request) } : {}),
      },
      signal: AbortSignal.timeout(WITHIN_MS),
    };
    if (body !== undefined) init.body = JSON.stringify(body);
    try {
      const response = await fetch(new URL(`api/v1${path}`, base), init);
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) onServerTime?.(date);
      const json = response.status === 204 ? null : await response.json();
      if (response.ok || response.status === 409) keys.forget(request);
      if (response.ok) return { ok: true, value: json as T };
      if (response.status === 401) onRefused?.();
      const { code, message, details = [] } = (json as ErrorBody).error;
      return { ok: false, error: { code, message, details } };
    } catch {
      return { ok: false, error: AWAY };
    }
  };
}
