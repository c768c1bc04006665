import { type Dispatcher, request } from 'undici';

/** An answer within this is an answer (contract, section 11), ms. */
export const ANSWER_WITHIN_MS = 15_000;
/** Most bytes read of an answer, which means nothing; a longer one closes the connection. */
const ANSWER_BYTES = 16 * 1024;
/** A body that takes longer after its status is not waited for, ms. */
const BODY_WITHIN_MS = 1_000;

/** The status of the answer, or why there was none. */
export type Answer = { status: number } | { error: string };

export interface PostOptions {
  dispatcher: Dispatcher;
  signal: AbortSignal;
  withinMs?: number;
}

/** Sends a message once, and follows no redirect. Does not throw. */
export async function postMessage(
  url: string,
  body: string,
  headers: Record<string, string>,
  { dispatcher, signal, withinMs = ANSWER_WITHIN_MS }: PostOptions,
): Promise<Answer> {
  const late = AbortSignal.timeout(withinMs);
  const either = AbortSignal.any([signal, late]);
  try {
    const { statusCode: status, body: answer } = await request(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'user-agent': 'Ticketrail', ...headers },
      dispatcher,
      signal: either,
      headersTimeout: withinMs,
      bodyTimeout: withinMs,
    });
    // The connection is free for the next message once the answer is read.
    await answer.dump({ limit: ANSWER_BYTES, signal: AbortSignal.timeout(BODY_WITHIN_MS) }).catch(() => undefined);
    return { status };
  } catch (error) {
    if (late.aborted) return { error: `no answer within ${withinMs / 1_000} s` };
    return { error: reasonOf(error) };
  }
}

/** The message of an error, or of what it consists of, when a name had several addresses. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [];
  const { message, code } = (first ?? error) as { message?: string; code?: string };
  return (message || code || 'the connection failed').slice(0, 200);
}
