import type { IncomingMessage } from 'node:http';
import type { Server } from 'socket.io';
import type { Settings } from '../../settings.ts';
import { clientOf } from '../client-of.ts';
import { networkOf } from '../network-of.ts';
import { createRateLimit, type RateLimit } from '../rate-limit.ts';
import { type EngineConnection, endConnection } from './engine-connection.ts';

/** Connections a minute from one address that no known caller has joined. */
export const STRANGERS_PER_MINUTE = 300;
/** Messages of a connection before a known caller has joined it; a client needs one. */
export const STRANGER_MESSAGES = 5;
/**
 * Messages of one caller in ten seconds, over all its connections, besides those that the server waits for. A larger one
 * counts once for each {@link MESSAGE_BYTES}. A display with a long queue needs a few hundred.
 */
export const MESSAGES_PER_WINDOW = 600;
export const MESSAGE_BYTES = 4_096;
const WINDOW_MS = 10_000;

export interface ConnectionLimits {
  /** Whether this request may become a connection. */
  admits(request: IncomingMessage): boolean;
  /** Closes connections that send too much. */
  watch(io: Server): void;
  /**
   * A known caller joins a namespace on this connection.
   *
   * @param caller its role and id
   * @returns false: it has sent too much just now, and must wait
   */
  join(connection: object, caller: string): boolean;
  /** Counts a message of a known caller on a connection that is not Socket.io's. False: it has sent too much just now. */
  take(caller: string, bytes?: number): boolean;
  /** The last message of this connection was one that the server waits for. */
  wasExpected(connection: object): void;
}

/**
 * Bounds what a connection costs, whoever made it: tokens are checked only after it stands. What displays ask for is also
 * counted by token; these limits hold before and below that.
 */
export function createConnectionLimits(limit: RateLimit, settings: Pick<Settings, 'trustProxy'>): ConnectionLimits {
  const callers = new WeakMap<object, string>();
  const messages = createRateLimit(undefined, WINDOW_MS);

  const take = (caller: string, bytes = 1): boolean =>
    messages.take(caller, MESSAGES_PER_WINDOW, Math.max(1, Math.ceil(bytes / MESSAGE_BYTES))) === null;

  const keyOf = (request: IncomingMessage): string => `strangers ${networkOf(clientOf(request, settings).address)}`;

  function watch(connection: EngineConnection): void {
    let count = 0;
    connection.on('packet', ({ data }) => {
      const caller = callers.get(connection);
      const mayGoOn = caller === undefined ? ++count <= STRANGER_MESSAGES : take(caller, data?.length);
      // Once: an ended connection reads no more packets.
      if (!mayGoOn) endConnection(connection);
    });
  }

  return {
    admits: (request) => limit.take(keyOf(request), STRANGERS_PER_MINUTE) === null,
    watch: (io) => void io.engine.on('connection', watch),
    join(connection, caller) {
      if (!take(caller)) return false;
      const { request } = connection as EngineConnection;
      if (!callers.has(connection)) limit.giveBack(keyOf(request));
      callers.set(connection, caller);
      return true;
    },
    take,
    wasExpected(connection) {
      const caller = callers.get(connection);
      if (caller !== undefined) messages.giveBack(caller);
    },
  };
}
