import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '#test/support/random.ts';
import { createLane, type Lane } from './lane.ts';
import { conditionsOf, type Fault } from './network-conditions.ts';
import { asksForWebSocket } from './upgrade-request.ts';

const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';
/** Another program may briefly hold the port when the proxy reopens it. */
const LISTEN_TRIES = 200;

export type Direction = 'up' | 'down';

export interface Traffic {
  /** Bytes passed on since the last reset, all connections together. */
  up: number;
  down: number;
  connections: number;
  /** When the first of them was opened (`performance.now()`), or null. */
  since: number | null;
}

/**
 * A TCP relay between a display and its server that simulates network faults. The client must send first, as in HTTP: the
 * relay connects to the server once it knows whether the client wants a WebSocket.
 */
export interface FaultProxy {
  /** The address for the display, instead of the server's. */
  url: string;
  /** Sets the conditions for open and new connections. `{}` is a healthy network; lost data stays lost. */
  set(fault: Fault): Promise<void>;
  /** Back to a healthy network. */
  repair(): Promise<void>;
  /** Ends every connection, gracefully or by RST, as a router that has lost its state does. */
  cut(how: 'fin' | 'reset'): void;
  /** Passes this many more bytes, then ends the connection that sent the last of them, mid-message, and resolves. */
  cutAfter(direction: Direction, bytes: number): Promise<void>;
  traffic(): Traffic;
  resetTraffic(): void;
  close(): Promise<void>;
}

interface Pair {
  near: Socket;
  far: Socket | null;
  lanes: Lane[];
  webSocket: boolean;
}

/** @param seed of the jitter */
export async function createFaultProxy(serverUrl: string, seed = 1): Promise<FaultProxy> {
  const target = new URL(serverUrl);
  const random = createRandom(seed);
  const pairs = new Set<Pair>();
  const sockets = new Set<Socket>();
  let conditions = conditionsOf({});
  let traffic: Traffic = { up: 0, down: 0, connections: 0, since: null };
  let pendingCut: { direction: Direction; left: number; done: () => void } | null = null;

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Without a listener, an error event would end the process.
    socket.on('error', () => undefined);
  }

  function accept(near: Socket): void {
    const pair: Pair = { near, far: null, lanes: [], webSocket: false };
    pairs.add(pair);
    keep(near);
    traffic.connections += 1;
    traffic.since ??= performance.now();
    let begin = Buffer.alloc(0);
    const sniff = (bytes: Buffer): void => {
      begin = Buffer.concat([begin, bytes]);
      const webSocket = asksForWebSocket(begin);
      if (webSocket === null) return;
      near.off('data', sniff);
      pair.webSocket = webSocket;
      if (!webSocket || conditions.webSocket === 'pass') relay(pair, begin);
      else if (conditions.webSocket === 'refuse') near.end(FORBIDDEN);
      // `lose`: never answers.
      else near.resume();
    };
    near.on('data', sniff);
    near.on('error', () => pair.far === null && end(pair, 'fin'));
    near.on('end', () => pair.far === null && end(pair, 'fin'));
  }

  function relay(pair: Pair, begin: Buffer): void {
    const { near } = pair;
    const far = connect({ port: Number(target.port), host: target.hostname, allowHalfOpen: true, noDelay: true });
    pair.far = far;
    keep(far);
    let open = 2;
    const lane = (direction: Direction, from: Socket, to: Socket, first: Buffer): Lane =>
      createLane(
        {
          from,
          to,
          conditions: () => conditions[direction],
          random: random.next,
          admit: (count) => admit(pair, direction, count),
          ended: (how) => {
            open -= 1;
            if (open === 0 || how === 'reset') end(pair, how);
          },
        },
        first,
      );
    pair.lanes = [lane('up', near, far, begin), lane('down', far, near, Buffer.alloc(0))];
  }

  function admit(pair: Pair, direction: Direction, count: number): number {
    const allowed = pendingCut?.direction === direction ? Math.min(count, pendingCut.left) : count;
    traffic[direction] += allowed;
    if (pendingCut?.direction !== direction) return allowed;
    pendingCut.left -= allowed;
    if (pendingCut.left > 0) return allowed;
    const { done } = pendingCut;
    pendingCut = null;
    // After the allowed bytes have been written.
    setImmediate(() => {
      end(pair, 'fin');
      done();
    });
    return allowed;
  }

  function end(pair: Pair, how: 'fin' | 'reset'): void {
    if (!pairs.delete(pair)) return;
    for (const lane of pair.lanes) lane.close();
    for (const socket of [pair.near, pair.far])
      if (socket && how === 'reset') reset(socket);
      else socket?.end(() => socket.destroy());
  }
  /** A socket with an unsent FIN is only destroyed: resetting it would leak it (libuv answers EINVAL). */
  function reset(socket: Socket): void {
    if (socket.writableEnded || socket.writableLength > 0) socket.destroy();
    else socket.resetAndDestroy();
  }
  const cut = (how: 'fin' | 'reset'): void => {
    for (const pair of [...pairs]) end(pair, how);
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  async function listen(port: number): Promise<number> {
    for (let tries = 1; ; tries++)
      try {
        await new Promise<void>((resolve, reject) => {
          server.once('error', reject);
          server.listen(port, '127.0.0.1', () => {
            server.off('error', reject);
            resolve();
          });
        });
        return (server.address() as AddressInfo).port;
      } catch (error) {
        if (tries === LISTEN_TRIES) throw error;
        await sleep(25);
      }
  }

  async function set(fault: Fault): Promise<void> {
    conditions = conditionsOf(fault);
    if (conditions.refuse && server.listening) server.close();
    for (const pair of [...pairs]) {
      if (pair.webSocket && conditions.webSocket === 'refuse') end(pair, 'fin');
      for (const lane of pair.lanes) {
        if (pair.webSocket && conditions.webSocket === 'lose') lane.lose();
        lane.update();
      }
    }
    if (!conditions.refuse && !server.listening) await listen(port);
  }

  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    set,
    repair: () => set({}),
    cut,
    cutAfter: (direction, bytes) =>
      new Promise((done) => {
        pendingCut = { direction, left: bytes, done };
      }),
    traffic: () => ({ ...traffic }),
    resetTraffic: () => {
      traffic = { up: 0, down: 0, connections: 0, since: null };
    },
    async close() {
      const closed = server.listening && new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      pairs.clear();
      await closed;
    },
  };
}
