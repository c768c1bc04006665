import { Agent, type ClientRequest, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The address on the loopback network that attacks come from, so that limits by address meet nobody else. */
const FROM = '127.0.0.2';
/** Stop writing while the system has not taken so much, bytes: it is the server's memory that is attacked. */
const UNSENT_BYTES = 256 * 1024;

export interface RawConnection {
  socket: Socket;
  isOpen(): boolean;
  /** Writes; resolves when more can be written. */
  send(bytes: string | Buffer): Promise<void>;
  /** Sends one WebSocket text message. */
  say(text: string): Promise<void>;
  /** Resolves when it is closed, or at the end of the attack. */
  closed(): Promise<void>;
}

export interface Attacker {
  isOver(): boolean;
  /** Sends a request, reads the answer to its end and drops it. */
  ask(path: string, options?: { token?: string; method?: string }): Promise<void>;
  connect(): Promise<RawConnection>;
  /** A WebSocket of engine.io. */
  webSocket(): Promise<RawConnection>;
  wait(ms: number): Promise<void>;
  /** Bytes sent, and answers or connections by what became of them. */
  report(): { sentBytes: number; counts: Record<string, number> };
}

/** @param until when the attack ends, by `Date.now()` */
export function createAttacker(url: string, until: number): Attacker {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, localAddress: FROM });
  const seen = new WeakSet<Socket>();
  const open = new Set<Socket>();
  const counts: Record<string, number> = {};
  let closedBytes = 0;
  const over = sleep(Math.max(0, until - Date.now()), undefined, { ref: false });
  const isOver = () => Date.now() >= until;
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };

  function measure(socket: Socket): void {
    if (seen.has(socket)) return;
    seen.add(socket);
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      open.delete(socket);
      closedBytes += socket.bytesWritten;
    });
  }

  function raw(socket: Socket): RawConnection {
    measure(socket);
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const isOpen = () => !socket.destroyed && socket.writable && !isOver();
    const send = async (bytes: string | Buffer): Promise<void> => {
      if (!isOpen()) return;
      socket.write(bytes);
      // A turn for the sockets to read and notice that they were closed.
      await new Promise(setImmediate);
      if (socket.writableLength > UNSENT_BYTES)
        await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed, over]);
    };
    return {
      socket,
      isOpen,
      send,
      say: (text) => send(frame(text)),
      closed: () => Promise.race([closed, over]) as Promise<void>,
    };
  }

  const finished = (asked: ClientRequest): Promise<void> =>
    new Promise((resolve) => {
      asked.once('socket', measure);
      asked.once('response', (response) => {
        count(String(response.statusCode));
        response.resume().once('close', resolve);
      });
      asked.once('error', () => {
        count('cut');
        resolve();
      });
      asked.end();
    });

  return {
    isOver,
    ask: (path, { token, method = 'GET' } = {}) =>
      finished(request(url + path, { method, agent, headers: token ? { authorization: `Bearer ${token}` } : {} })),
    connect: () =>
      new Promise((resolve) => {
        const socket = connect({ host: hostname, port: Number(port), localAddress: FROM });
        const connection = raw(socket);
        socket.once('connect', () => {
          count('connected');
          resolve(connection);
        });
        socket.once('close', () => resolve(connection));
      }),
    webSocket: () =>
      new Promise((resolve, reject) => {
        const asked = request(`${url}/socket.io/?EIO=4&transport=websocket`, {
          localAddress: FROM,
          headers: {
            connection: 'Upgrade',
            upgrade: 'websocket',
            'sec-websocket-version': '13',
            'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
          },
        });
        asked.once('socket', measure);
        asked.once('upgrade', (_, socket) => {
          count('connected');
          resolve(raw(socket as Socket));
        });
        asked.once('response', (response) => {
          count(String(response.statusCode));
          response.resume().once('close', () => reject(new Error('no WebSocket')));
        });
        asked.once('error', (error) => {
          count('cut');
          reject(error);
        });
        asked.end();
      }),
    wait: (ms) => Promise.race([sleep(ms), over]) as Promise<void>,
    report: () => ({
      sentBytes: [...open].reduce((sum, socket) => sum + socket.bytesWritten, closedBytes),
      counts,
    }),
  };
}

/** A text message of a client (RFC 6455, 5.2), masked with zeros, which leave it as it is. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head[0] = 0x81;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
