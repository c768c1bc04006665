import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createRandom } from '#test/support/random.ts';
import { createLane, type Lane } from './lane.ts';
import { asksForWebSocket } from './upgrade-request.ts';
import { type Fault, type Weather, weatherOf } from './weather.ts';

const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';
/** Another program may hold the port for a moment when it is opened again. */
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
 * A TCP relay between a display and its server that can be as bad as any network, at any moment. Whoever connects has to
 * speak first, as in HTTP: the server is called when it is known what is wanted of it.
 */
export interface FaultProxy {
  /** What the display is told instead of the server's own address. */
  url: string;
  /** From now on, for connections that stand and for new ones. `{}` is fair weather; what was lost stays lost. */
  set(fault: Fault): Promise<void>;
  /** Fair weather. */
  mend(): Promise<void>;
  /** Ends every connection: in the orderly way, or as a router does that forgot it. */
  cut(how: 'fin' | 'reset'): void;
  /** Lets this many more bytes pass, then ends the connection that was talking, in mid-message. Resolves then. */
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

/** @param seed of the jitter: the same seed gives the same lateness, in the order in which things are sent */
export async function createFaultProxy(serverUrl: string, seed = 1): Promise<FaultProxy> {
  const target = new URL(serverUrl);
  const random = createRandom(seed);
  const pairs = new Set<Pair>();
  const sockets = new Set<Socket>();
  let weather: Weather = weatherOf({});
  let traffic: Traffic = { up: 0, down: 0, connections: 0, since: null };
  let knife: { direction: Direction; left: number; done: () => void } | null = null;

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Those who care listen for themselves; an error that nobody hears would end the process.
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
      if (!webSocket || weather.webSocket === 'pass') relay(pair, begin);
      else if (weather.webSocket === 'refuse') near.end(FORBIDDEN);
      // Else it hears nothing, for ever.
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
          weather: () => weather[direction],
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
    const allowed = knife?.direction === direction ? Math.min(count, knife.left) : count;
    traffic[direction] += allowed;
    if (knife?.direction !== direction) return allowed;
    knife.left -= allowed;
    if (knife.left > 0) return allowed;
    const { done } = knife;
    knife = null;
    // After what was allowed has been written.
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
  /** A socket that still has its end to say is only closed: to reset it then would leak it (libuv answers EINVAL). */
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
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
  }

  async function set(fault: Fault): Promise<void> {
    weather = weatherOf(fault);
    if (weather.refuse && server.listening) server.close();
    for (const pair of [...pairs]) {
      if (pair.webSocket && weather.webSocket === 'refuse') end(pair, 'fin');
      for (const lane of pair.lanes) {
        if (pair.webSocket && weather.webSocket === 'lose') lane.lose();
        lane.look();
      }
    }
    if (!weather.refuse && !server.listening) await listen(port);
  }

  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    set,
    mend: () => set({}),
    cut,
    cutAfter: (direction, bytes) =>
      new Promise((done) => {
        knife = { direction, left: bytes, done };
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
