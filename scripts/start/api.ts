/** An answer: `body` is parsed JSON, or null. */
export interface ApiAnswer {
  status: number;
  body: unknown;
}

/**
 * A client of the companion server's HTTP API, as any shop system would use.
 *
 * @throws without an answer within 10 s
 */
export async function callApi(
  serverUrl: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  const answer = await fetch(`${serverUrl}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  }).catch((error: Error) => {
    throw new Error(`The server at ${serverUrl} does not answer: ${error.message}`, { cause: error });
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}
