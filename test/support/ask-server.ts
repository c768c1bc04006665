/** One answer; `json` is the parsed body, or undefined. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any shape and assert on them
  json: any;
  text: string;
  headers: Headers;
}
export interface Ask {
  /** Null: no authorization header. Default: the admin's. */
  token?: string | null;
  body?: unknown;
  headers?: Record<string, string> | undefined;
  /** Sent as it is, instead of `body`. */
  raw?: string | Uint8Array<ArrayBuffer>;
}
export type AskServer = (method: string, path: string, ask?: Ask) => Promise<Answer>;

/** Sends any request, valid or not. Paths are below `/api/v1`, or below the root if they begin with `//`. */
export function createAskServer(url: string, adminToken: string): AskServer {
  return async (method, path, { token = adminToken, body, headers = {}, raw } = {}) => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(url + (path.startsWith('//') ? path.slice(1) : `/api/v1${path}`), {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
      redirect: 'manual',
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    return { status: response.status, json: parsed(text), text, headers: response.headers };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
