import { io, type Socket } from 'socket.io-client';
import type { SubscriptionAnswer } from '#contract/admin.ts';

/** The events of `/admin`, in the order in which a console lists them. */
export const EVENTS = ['changes', 'stats', 'presence', 'availability', 'escalation'] as const;
export type EventName = (typeof EVENTS)[number];

/** After a refusal, ms. */
const REFUSED_AGAIN_MS = 10_000;
/** How long the server may take to answer a message, ms. */
const ACK_WITHIN_MS = 10_000;

export interface Connection {
  /** Subscribes to every store of the token; null without an answer. */
  subscribe(): Promise<SubscriptionAnswer | null>;
  /** The server's answer to an intent, or null. */
  command(intent: unknown): Promise<CommandReply | null>;
  /** Ends the connection as a broken network does; it comes back by itself. */
  cut(): void;
  close(): void;
}
export interface CommandReply {
  outcome?: string;
  code?: string;
  error?: { code: string; message: string };
}

export interface ConnectionListeners {
  /** Connected; nothing is subscribed yet. */
  onUp(): void;
  onDown(): void;
  /** The server does not accept the token or session on a socket, or pages of this address; it is asked again. */
  onRefused(): void;
  onEvent(name: EventName, payload: unknown): void;
}

/**
 * A socket to `/admin` that connects again by itself, at most 5 s after the last try.
 *
 * @param base the page's address
 * @param token null: the session's cookie counts
 */
export function connect(
  base: string,
  token: string | null,
  { onUp, onDown, onRefused, onEvent }: ConnectionListeners,
): Connection {
  const socket: Socket = io(new URL('/admin', base).href, {
    path: new URL('socket.io', base).pathname,
    transports: ['websocket'],
    auth: token === null ? {} : { token },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    timeout: 10_000,
  });
  let again: ReturnType<typeof setTimeout> | undefined;
  socket.on('connect', onUp);
  socket.on('disconnect', (reason) => {
    onDown();
    // Socket.io leaves it at that when the server ended the connection.
    if (reason === 'io server disconnect') again = setTimeout(() => socket.connect(), 1_000);
  });
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    onDown();
    if (error.data?.code === 'unauthorized') onRefused();
    // A refused handshake is not tried again by socket.io.
    if (!socket.active) again = setTimeout(() => socket.connect(), REFUSED_AGAIN_MS);
  });
  for (const name of EVENTS) socket.on(name, (payload: unknown) => onEvent(name, payload));

  async function ask<T>(event: string, payload: unknown): Promise<T | null> {
    if (!socket.connected) return null;
    return socket
      .timeout(ACK_WITHIN_MS)
      .emitWithAck(event, payload)
      .catch(() => null);
  }
  return {
    async subscribe() {
      const answer = await ask<SubscriptionAnswer | { error: unknown }>('subscribe', { storeIds: '*' });
      return answer && 'stores' in answer ? answer : null;
    },
    command: (intent) => ask<CommandReply>('command', intent),
    cut: () => void socket.io.engine?.close(),
    close() {
      clearTimeout(again);
      socket.close();
    },
  };
}
