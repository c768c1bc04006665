import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { FEED_PROTOCOL } from '#contract/feed.ts';
import type { App } from '../../app.ts';
import { SOCKET_IO_PATH } from '../attach-socket-io.ts';

/** Most bytes of a client's message; `ws` closes the connection (1009) at a larger one. */
const MAX_PAYLOAD = 4 * 1024;
const TOKEN_PREFIX = 'token.';

/** Requests for a WebSocket at one address. */
export interface Upgrades {
  /** Whether this request asks for a WebSocket. */
  has(request: IncomingMessage): boolean;
  /** Answers 101, or 400 if the handshake is malformed. The reply must be hijacked. */
  complete(request: IncomingMessage, onOpen: (ws: WebSocket) => void): void;
}

/**
 * Passes requests to upgrade at `path` to its route, like any other request: limits, token, role and query are checked
 * there, and a refusal is an HTTP answer. Ends upgrades at unknown addresses.
 */
export function acceptUpgrades(app: App, path: string): Upgrades {
  const waiting = new WeakMap<IncomingMessage, { response: ServerResponse; socket: Socket; head: Buffer }>();
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: MAX_PAYLOAD,
    handleProtocols: (offered) => offered.has(FEED_PROTOCOL) && FEED_PROTOCOL,
  });

  app.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const { url = '', method } = request;
    if (url.startsWith(SOCKET_IO_PATH)) return;
    socket.on('error', () => socket.destroy());
    if (method !== 'GET' || url.split('?')[0] !== path) {
      socket.destroy();
      return;
    }
    moveToken(request);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.on('finish', () => socket.destroySoon());
    waiting.set(request, { response, socket, head });
    app.routing(request, response);
  });

  return {
    has: (request) => waiting.has(request),
    complete(request, onOpen) {
      const upgrade = waiting.get(request);
      if (!upgrade) throw new Error('this request does not ask for a WebSocket');
      upgrade.response.detachSocket(upgrade.socket);
      server.handleUpgrade(request, upgrade.socket, upgrade.head, onOpen);
    },
  };
}

/**
 * A page cannot set the headers of a WebSocket: its token comes as the subprotocol `token.<token>`. It becomes the header
 * that all other requests have, which no log shows.
 */
function moveToken({ headers }: IncomingMessage): void {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  const token = offered.find((one) => one.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length);
  if (token === undefined) return;
  headers.authorization ??= `Bearer ${token}`;
  const others = offered.filter((one) => !one.startsWith(TOKEN_PREFIX));
  if (others.length > 0) headers['sec-websocket-protocol'] = others.join(', ');
  else delete headers['sec-websocket-protocol'];
}
