export interface Answer {
  /** What was asked, for messages. */
  asked: string;
  status: number;
  /** The parsed JSON; undefined when it is none. */
  body: unknown;
  text: string;
  headers: Headers;
}

type Headings = Record<string, string>;
export type Client = ReturnType<typeof client>;

/** HTTP as a caller with one token sees it. Paths are below `/api/v1`; one that starts with `//` is taken from the root. */
export function client(server: { url: string }, token: string | null) {
  /** `raw` is sent as it is, instead of `body`. */
  async function send(
    method: string,
    path: string,
    { body, raw, headers }: { body?: unknown; raw?: string; headers?: Headings | undefined } = {},
  ): Promise<Answer> {
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
    const asked = `${method} ${path.slice(0, 80)}`;
    return { asked, status: response.status, body: parsed(text), text, headers: response.headers };
  }
  return {
    token,
    send,
    get: (path: string, headers?: Headings) => send('GET', path, { headers }),
    post: (path: string, body?: unknown, headers?: Headings) => send('POST', path, { body, headers }),
    patch: (path: string, body?: unknown, headers?: Headings) => send('PATCH', path, { body, headers }),
    delete: (path: string, headers?: Headings) => send('DELETE', path, { headers }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
