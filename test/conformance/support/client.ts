/** HTTP as a caller with one token sees it. */

export interface Answer {
  /** What was asked, for messages. */
  asked: string;
  status: number;
  /** The parsed JSON, or undefined when it is none. */
  body: unknown;
  text: string;
  headers: Headers;
}

export interface Request {
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string;
  headers?: Record<string, string>;
}

export interface Client {
  token: string | null;
  send(method: string, path: string, request?: Request): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string, headers?: Record<string, string>): Promise<Answer>;
}

/** Paths are below `/api/v1`; one that starts with `//` is taken from the root. */
export function client(server: { url: string }, token: string | null): Client {
  async function send(method: string, path: string, { body, raw, headers = {} }: Request = {}): Promise<Answer> {
    const payload = raw ?? (body === undefined ? null : JSON.stringify(body));
    const response = await fetch(server.url + (path.startsWith('//') ? path.slice(1) : `/api/v1${path}`), {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(payload === null ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: payload,
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    return {
      asked: `${method} ${path.slice(0, 80)}`,
      status: response.status,
      body: parsed(text),
      text,
      headers: response.headers,
    };
  }
  return {
    token,
    send,
    get: (path, headers = {}) => send('GET', path, { headers }),
    post: (path, body, headers = {}) => send('POST', path, { body, headers }),
    patch: (path, body, headers = {}) => send('PATCH', path, { body, headers }),
    delete: (path, headers = {}) => send('DELETE', path, { headers }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
