import type { IncomingMessage } from 'node:http';
import type { Server } from 'socket.io';
import type { RateLimit } from '../rate-limit.ts';
import { type EngineConnection, endConnection } from './engine-connection.ts';

/** Connections a minute from one address that no known caller has joined. */
export const STRANGERS_PER_MINUTE = 300;
/** Messages of a connection before a known caller has joined it; a client needs one. */
export const STRANGER_MESSAGES = 5;
/** Messages of a connection that a known caller has joined: far more than a display sends on its busiest day. */
export const MESSAGES_PER_WINDOW = 3_000;
const WINDOW_MS = 10_000;

export interface ConnectionLimits {
  /** Whether this request may become a connection. */
  admits(request: IncomingMessage): boolean;
  /** Closes connections that send too much. */
  watch(io: Server): void;
  /** A known caller has joined a namespace on this connection. */
  joined(connection: object): void;
}

/**
 * Bounds what a connection costs, whoever made it: tokens are checked only after it stands. Messages of displays are also counted
 * by token; these limits hold before and below that.
 */
export function createConnectionLimits(limit: RateLimit): ConnectionLimits {
  const joined = new WeakSet<object>();

  function watch(connection: EngineConnection): void {
    let count = 0;
    let windowEnds = 0;
    connection.on('packet', () => {
      const now = performance.now();
      if (now >= windowEnds && joined.has(connection)) {
        count = 0;
        windowEnds = now + WINDOW_MS;
      }
      count += 1;
      // Once: an ended connection reads no more packets.
      if (count > (joined.has(connection) ? MESSAGES_PER_WINDOW : STRANGER_MESSAGES)) endConnection(connection);
    });
  }

  return {
    admits: (request) => limit.take(keyOf(request), STRANGERS_PER_MINUTE) === null,
    watch: (io) => void io.engine.on('connection', watch),
    joined(connection) {
      const { request } = connection as EngineConnection;
      if (!joined.has(connection)) limit.giveBack(keyOf(request));
      joined.add(connection);
    },
  };
}

const keyOf = ({ socket }: IncomingMessage): string => `strangers ${networkOf(socket.remoteAddress ?? '')}`;

/** An IPv4 address, or the /64 of an IPv6 address, all of which one machine can use. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  return [...groups, ...Array(Math.max(0, zeros)).fill('0'), ...after].slice(0, 4).join(':');
}
