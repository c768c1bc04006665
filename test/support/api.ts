import { createAskServer } from './ask-server.ts';

/** The HTTP API as the holder of one token knows it. */
export type Api = <T = unknown>(
  method: string,
  path: string,
  options?: { body?: unknown; headers?: Record<string, string> },
) => Promise<{ status: number; body: T }>;

/** Rejects when there is no answer, or one that is not whole; an error of the server is an answer. */
export function createApi(serverUrl: string, token: string): Api {
  const ask = createAskServer(serverUrl, token);
  return async (method, path, options) => {
    const { status, json, text } = await ask(method, path, options);
    if (json === undefined && text !== '')
      throw new Error(`${method} ${path}: ${status}, no JSON: ${text.slice(0, 200)}`);
    return { status, body: json ?? null };
  };
}
