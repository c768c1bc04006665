import { ErrorBody } from '#contract/errors.ts';
import type { LinkCause } from '#contract/link.ts';
import type { HttpAnswer } from '../ports.ts';

/** Why the server did not do what it was asked, in the words of the link. `revoked`: it does not know our token. */
export class ServerError extends Error {
  readonly reason: Extract<LinkCause, 'server_away' | 'server_error' | 'revoked' | 'rate_limited'>;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly retryAfterMs: number;
  constructor(reason: ServerError['reason'], message: string, status: number | null = null, retryAfterMs = 0) {
    super(message);
    this.reason = reason;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * What an answer that is no success means. Only a refusal in the server's own words counts as one: whatever stands
 * between (a hotel's sign-in page, a proxy) may answer 401 or 403 as well.
 */
export function refusalOf(answer: HttpAnswer): ServerError {
  const error = ErrorBody.safeParse(answer.body).data?.error;
  const message = error?.message ?? `the server answered ${answer.status}`;
  const retryAfterMs = answer.retryAfterMs ?? 0;
  return new ServerError(reasonOf(error?.code), message, answer.status, retryAfterMs);
}

/** The same for the code of a refused socket message. */
export function reasonOf(code: string | undefined): ServerError['reason'] {
  if (code === 'unauthorized' || code === 'forbidden') return 'revoked';
  return code === 'rate_limited' ? 'rate_limited' : 'server_error';
}
