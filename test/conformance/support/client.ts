import { type Ask, createAskServer } from '#test/support/ask-server.ts';

export interface Answer {
  /** What was asked, for messages. */
  asked: string;
  status: number;
  /** The parsed JSON; undefined when it is none. */
  body: unknown;
  text: string;
  headers: Headers;
}

type Headings = Record<string, string> | undefined;
export type Client = ReturnType<typeof client>;

/** HTTP as a caller with one token sees it. Paths are below `/api/v1`; one that starts with `//` is taken from the root. */
export function client(server: { url: string }, token: string | null) {
  const ask = createAskServer(server.url, '');
  async function send(method: string, path: string, what: Omit<Ask, 'token'> = {}): Promise<Answer> {
    const { json: body, ...answer } = await ask(method, path, { ...what, token });
    return { ...answer, asked: `${method} ${path.slice(0, 80)}`, body };
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
