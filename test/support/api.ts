import { createAskServer } from './ask-server.ts';

/** The HTTP API with one token. */
export type Api = <T = unknown>(
  method: string,
  path: string,
  options?: { body?: unknown; headers?: Record<string, string> },
) => Promise<{ status: number; body: T }>;

/** Rejects without a complete answer; an error status is an answer. */
export function createApi(serverUrl: string, token: string): Api {
  const ask = createAskServer(serverUrl, token);
  return async (method, path, options) => {
    const { status, json, text } = await ask(method, path, options);
    if (json === undefined && text !== '')
      throw new Error(`${method} ${path}: ${status}, no JSON: ${text.slice(0, 200)}`);
    return { status, body: json ?? null };
  };
}
