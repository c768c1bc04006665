import { ErrorBody } from '#contract/errors.ts';
import type { LinkCause } from '#contract/link.ts';
import type { HttpAnswer } from '../ports.ts';

/** A failed request, with its cause in the link's terms. `revoked`: the server does not know the token. */
export class ServerError extends Error {
  readonly reason: Extract<LinkCause, 'server_away' | 'server_error' | 'revoked' | 'rate_limited'>;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly retryAfterMs: number;
  /** Of an error in the server's format; null: a proxy may have answered, or nobody. */
  readonly code: string | null;
  constructor(
    reason: ServerError['reason'],
    message: string,
    status: number | null = null,
    retryAfterMs = 0,
    code: string | null = null,
  ) {
    super(message);
    this.reason = reason;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.code = code;
  }
}

/**
 * The error for an unsuccessful answer. Only an error body in the server's format counts as `revoked`: a proxy or a
 * captive portal may also answer 401 or 403.
 */
export function refusalOf(answer: HttpAnswer): ServerError {
  const error = ErrorBody.safeParse(answer.body).data?.error;
  const message = error?.message ?? `the server answered ${answer.status}`;
  const retryAfterMs = answer.retryAfterMs ?? 0;
  return new ServerError(reasonOf(error?.code), message, answer.status, retryAfterMs, error?.code ?? null);
}

/** The reason for an error code, also of a refused socket message. */
export function reasonOf(code: string | undefined): ServerError['reason'] {
  if (code === 'unauthorized' || code === 'forbidden') return 'revoked';
  return code === 'rate_limited' ? 'rate_limited' : 'server_error';
}
