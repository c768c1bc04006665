/** The HTTP API as the holder of one token knows it. */
export type Api = <T = unknown>(
  method: string,
  path: string,
  options?: { body?: unknown; headers?: Record<string, string> },
) => Promise<{ status: number; body: T }>;

const ANSWER_WITHIN_MS = 10_000;

/** A wrong answer is an answer; only what got none, or none that is whole, throws. */
export function createApi(serverUrl: string, token: string): Api {
  return async <T>(method: string, path: string, { body, headers }: Parameters<Api>[2] = {}) => {
    const answer = await fetch(`${serverUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
  };
}
