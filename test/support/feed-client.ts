import { type ClientOptions, WebSocket } from 'ws';
import type { ErrorBody } from '#contract/errors.ts';
import type { FeedChange, FeedMessage } from '#contract/feed.ts';

/** A bare client of the plain feed that records what it receives. */
export interface FeedClient {
  ws: WebSocket;
  /** Every message, in order. */
  messages: FeedMessage[];
  /** Those with a `seq`. */
  changes(): FeedChange[];
  of<T extends FeedMessage['type']>(type: T): Extract<FeedMessage, { type: T }>[];
  /** The close code and reason, once it is closed. */
  closed: { code: number; reason: string } | null;
  /** Resolves with `closed`. */
  ended: Promise<{ code: number; reason: string }>;
}

export class FeedRefused extends Error {
  readonly status: number;
  readonly error: ErrorBody['error'];
  readonly retryAfter: string | undefined;
  constructor(status: number, body: ErrorBody, retryAfter: string | undefined) {
    super(`refused with ${status}: ${body.error.message}`);
    this.status = status;
    this.error = body.error;
    this.retryAfter = retryAfter;
  }
}

export interface FeedOptions extends ClientOptions {
  /** Sent as a header; null: none. */
  token: string | null;
  query?: Record<string, string | number>;
  protocols?: string[];
  onMessage?(message: FeedMessage, client: FeedClient): void;
}

/** Resolves when the connection is open; rejects with {@link FeedRefused}. */
export async function connectFeed(
  url: string,
  { token, query = {}, protocols = [], onMessage, headers, ...options }: FeedOptions,
): Promise<FeedClient> {
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const ws = new WebSocket(`${url.replace('http', 'ws')}/api/v1/feed?${asked}`, protocols, {
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...options,
  });
  const messages: FeedMessage[] = [];
  const client: FeedClient = {
    ws,
    messages,
    changes: () => messages.filter((one): one is FeedChange => 'seq' in one),
    of: <T extends FeedMessage['type']>(type: T) =>
      messages.filter((one): one is Extract<FeedMessage, { type: T }> => one.type === type),
    closed: null,
    ended: new Promise((resolve) => {
      ws.on('close', (code, reason) => {
        client.closed = { code, reason: String(reason) };
        resolve(client.closed);
      });
    }),
  };
  ws.on('message', (data) => {
    const message = JSON.parse(String(data)) as FeedMessage;
    messages.push(message);
    onMessage?.(message, client);
  });
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve);
    ws.on('error', reject);
    ws.once('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () => {
        reject(new FeedRefused(response.statusCode ?? 0, JSON.parse(text), response.headers['retry-after']));
        ws.terminate();
      });
    });
  });
  return client;
}
