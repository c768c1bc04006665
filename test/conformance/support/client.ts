import { type Ask, createAskServer, type Answer as PlainAnswer } from '#test/support/ask-server.ts';

/** `asked`: the call, for error messages. */
export type Answer = PlainAnswer & { asked: string };
export type Client = ReturnType<typeof client>;
type Headings = Record<string, string> | undefined;

/** HTTP as a caller with one token sees it. Paths are below `/api/v1`; one that starts with `//` is taken from the root. */
export function client(server: { url: string }, token: string | null) {
  const ask = createAskServer(server.url, '');
  const send = async (method: string, path: string, what: Omit<Ask, 'token'> = {}): Promise<Answer> => ({
    asked: `${method} ${path.slice(0, 80)}`,
    ...(await ask(method, path, { ...what, token })),
  });
  return {
    token,
    send,
    get: (path: string, headers?: Headings) => send('GET', path, { headers }),
    post: (path: string, body?: unknown, headers?: Headings) => send('POST', path, { body, headers }),
    patch: (path: string, body?: unknown, headers?: Headings) => send('PATCH', path, { body, headers }),
    delete: (path: string, headers?: Headings) => send('DELETE', path, { headers }),
  };
}
