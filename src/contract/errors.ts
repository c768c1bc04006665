import { z } from 'zod';

/** The HTTP error codes and the status each is sent with (contract, section 5). */
export const ERROR_STATUS = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  invalid_transition: 409,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;
export const ERROR_CODES = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]];

export const ErrorDetail = z.object({ path: z.string(), message: z.string() });
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** `{error: …}`, the body of every failed HTTP request. */
export const ErrorBody = z.object({
  error: z.object({
    code: z.enum(ERROR_CODES),
    message: z.string(),
    details: z.array(ErrorDetail).optional(),
    requestId: z.string(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

/** A refused handshake carries one of these in `data.code` (contract, section 6). */
export const HANDSHAKE_REFUSALS = ['unauthorized', 'protocol_unsupported', 'rate_limited'] as const;
export type HandshakeRefusal = (typeof HANDSHAKE_REFUSALS)[number];

/** zod's issues as `details`: `items.0.name: must not be empty`. An unknown field is reported by its own path. */
export const detailsOf = (error: z.ZodError): ErrorDetail[] =>
  error.issues.flatMap((issue) => detailsOfIssue(issue, issue.path.map(String)));

/** zod's, where a schema has no words for what is wrong. */
const NO_WORDS = 'Invalid input';

function detailsOfIssue(issue: z.core.$ZodIssue, path: readonly string[]): ErrorDetail[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not a field of this' }));
  // Where only fields of one of the types are wrong, that is the one that is meant; but words for all of them say more.
  const meant =
    issue.code === 'invalid_union' &&
    issue.message === NO_WORDS &&
    issue.errors.find((one) => one.every((inner) => inner.path.length > 0));
  if (meant && meant.length > 0)
    return meant.flatMap((inner) => detailsOfIssue(inner, [...path, ...inner.path.map(String)]));
  return [{ path: path.join('.'), message: issue.message }];
}

/** The value, or an error code with a message. Errors cross boundaries in this form. */
export type Result<T, C extends string = string> =
  | { ok: true; value: T }
  | { ok: false; error: { code: C; message: string } };
export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const fail = <C extends string>(
  code: C,
  message: string,
): { ok: false; error: { code: C; message: string } } => ({
  ok: false,
  error: { code, message },
});
