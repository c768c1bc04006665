import type { WebSocket } from 'ws';
import type { FeedMessage } from '#contract/feed.ts';
import { CLOSING_MS } from '../engine-connection.ts';

/** Most bytes that wait for a connection (contract, section 10). */
export const MAX_UNSENT = 1024 * 1024;
/** Pings that may stay unanswered: with one each 20 s, a silent client is ended 40 to 60 s after its last pong. */
const MAX_UNANSWERED = 2;
/** The close codes of RFC 6455; 1013 is *try again later*. A silent client would not answer a close. */
const CLOSE_CODES = {
  reset: 1000,
  closing: 1001,
  revoked: 1008,
  rate_limited: 1008,
  behind: 1013,
  silent: null,
} as const;

/** Why the server ended a connection; also the reason in the close. */
export type Ending = keyof typeof CLOSE_CODES;
export const ENDINGS = Object.keys(CLOSE_CODES) as readonly Ending[];

/** One client of the plain feed. */
export interface FeedConnection {
  /** Has been sent everything up to the head: from then on it gets changes without waiting, and may fall behind. */
  isLive: boolean;
  /** Resolves when the messages are flushed to the network, or the connection has ended. Ends one that is too far behind. */
  send(messages: readonly Buffer[]): Promise<void>;
  /** Sends a WebSocket ping. Ends a client that has not answered the last ones. */
  ping(): void;
  end(why: Ending): void;
}

export interface FeedConnectionOptions {
  /** Counts a frame of the client. False: it has sent too much. */
  mayGoOn(bytes: number): boolean;
  /** Counts a message of the client as a request of its token. False: it has sent too much. */
  mayAsk(): boolean;
  /** Nothing more is sent. null: the client has disconnected. */
  onEnded(why: Ending | null): void;
}

export const encode = (message: FeedMessage): Buffer => Buffer.from(JSON.stringify(message));
const PONG = [encode({ type: 'pong' })];

/** The server's end of an open WebSocket, whose client may send pings and nothing else. */
export function createFeedConnection(
  ws: WebSocket,
  { mayGoOn, mayAsk, onEnded }: FeedConnectionOptions,
): FeedConnection {
  let ended = false;
  let unanswered = 0;

  /** False: it has ended already. */
  function stop(why: Ending | null): boolean {
    if (ended) return false;
    ended = true;
    onEnded(why);
    return true;
  }

  function end(why: Ending): void {
    if (stop(why)) {
      const code = CLOSE_CODES[why];
      if (code === null) ws.terminate();
      else ws.close(code, why);
    }
    // A slow client may read on until the close, for 30 s: that is the limit of `ws`.
    if (why !== 'behind' && why !== 'reset') cutSoon();
  }

  function cutSoon(): void {
    const cut = setTimeout(() => ws.terminate(), CLOSING_MS);
    ws.once('close', () => clearTimeout(cut));
  }

  function endUnread(): void {
    if (ws.bufferedAmount > MAX_UNSENT) end('behind');
  }

  function send(messages: readonly Buffer[]): Promise<void> {
    if (ended) return Promise.resolve();
    return new Promise((flushed) => {
      for (const message of messages.slice(0, -1)) ws.send(message, { binary: false });
      ws.send(messages.at(-1) ?? '', { binary: false }, () => flushed());
      endUnread();
    });
  }

  /** Counts what has arrived; false: it is not to be handled. */
  function accepts(data: { length: number }): boolean {
    if (!ended && !mayGoOn(data.length)) end('rate_limited');
    return !ended;
  }

  ws.on('ping', (data) => {
    if (!accepts(data)) return;
    ws.pong(data);
    endUnread();
  });
  ws.on('pong', (data) => {
    if (accepts(data)) unanswered = 0;
  });
  ws.on('message', (data, isBinary) => {
    const text = String(data);
    if (!accepts(text)) return;
    if (!mayAsk()) return end('rate_limited');
    if (!isBinary && isPing(text)) void send(PONG);
  });
  // A wrong or too large frame: `ws` closes the connection with its own code.
  ws.on('error', () => {});
  ws.on('close', () => void stop(null));

  return {
    isLive: false,
    send,
    ping() {
      if (ended) return;
      if (unanswered >= MAX_UNANSWERED) return end('silent');
      unanswered += 1;
      ws.ping();
    },
    end,
  };
}

function isPing(text: string): boolean {
  try {
    return (JSON.parse(text) as { type?: unknown } | null)?.type === 'ping';
  } catch {
    return false;
  }
}
