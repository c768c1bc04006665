import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const last of undo.splice(0).reverse()) await last();
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Records everything that a socket receives, and how it ends. */
function record(socket: Socket) {
  const received = { text: '', end: null as null | 'fin' | 'reset' };
  socket.on('data', (bytes) => (received.text += bytes));
  socket.on('end', () => (received.end ??= 'fin'));
  socket.on('error', () => (received.end ??= 'reset'));
  return received;
}
async function until(what: () => boolean): Promise<void> {
  while (!what()) await sleep(5);
}

/** An echo server behind a proxy, and a function that connects through it. */
async function wire(seed = 1) {
  const echo = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const servers: Socket[] = [];
  echo.on('connection', (socket) => servers.push(socket));
  const proxy = await createFaultProxy(`http://127.0.0.1:${portOf(echo)}`, seed);
  const dial = async (): Promise<Socket> => {
    const socket = connect({ port: Number(new URL(proxy.url).port), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    undo.push(() => socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
  undo.push(
    () => echo.close(),
    ...[proxy.close],
    () => servers.map((socket) => socket.destroy()),
  );
  return { proxy, dial, servers };
}

describe('a healthy network', () => {
  it('relays both ways, passes FIN on, and counts bytes', async () => {
    const { proxy, dial } = await wire();
    const socket = await dial();
    const received = record(socket);
    socket.end('there and back');
    await until(() => received.end !== null);
    expect(received).toEqual({ text: 'there and back', end: 'fin' });
    expect(proxy.traffic()).toMatchObject({ up: 14, down: 14, connections: 1 });
    proxy.resetTraffic();
    expect(proxy.traffic()).toEqual({ up: 0, down: 0, connections: 0, since: null });
  });

  it('relays a megabyte unchanged', async () => {
    const { dial } = await wire();
    const socket = await dial();
    const received = record(socket);
    const text = '0123456789abcdef'.repeat(65_536);
    socket.end(text);
    await until(() => received.end !== null);
    expect(received.text === text).toBe(true);
  });
});

describe('latency and rate', () => {
  it('delays each direction by the latency; jitter keeps the order', async () => {
    const { proxy, dial } = await wire(7);
    await proxy.set({ up: { latencyMs: 40, jitterMs: 30 }, down: { latencyMs: 40, jitterMs: 30 } });
    const socket = await dial();
    const received = record(socket);
    const begin = performance.now();
    for (const word of 'abcdefghij') {
      socket.write(word);
      await sleep(3);
    }
    await until(() => received.text.length === 10);
    expect(received.text).toBe('abcdefghij');
    // Timers may fire a millisecond early; never more.
    expect(performance.now() - begin).toBeGreaterThan(78);
  });

  it('limits the rate', async () => {
    const { proxy, dial } = await wire();
    await proxy.set({ down: { bytesPerSecond: 1_000 } });
    const socket = await dial();
    const received = record(socket);
    const begin = performance.now();
    socket.write('x'.repeat(250));
    await until(() => received.text.length > 0);
    expect(received.text.length).toBeLessThan(250);
    await until(() => received.text.length === 250);
    expect(performance.now() - begin).toBeGreaterThan(190);
  });
});

describe('hold and lose', () => {
  it('delivers what was held, and FIN, once released', async () => {
    const { proxy, dial } = await wire();
    const socket = await dial();
    const received = record(socket);
    await proxy.set({ down: { flow: 'hold' } });
    socket.end('patience');
    await until(() => proxy.traffic().up === 8);
    await sleep(30);
    expect(received).toEqual({ text: '', end: null });
    await proxy.set({});
    await until(() => received.end !== null);
    expect(received).toEqual({ text: 'patience', end: 'fin' });
  });

  it.each(['up', 'down'] as const)('never delivers what was lost %s, nor anything after it, nor FIN', async (way) => {
    const { proxy, dial, servers } = await wire();
    const socket = await dial();
    const received = record(socket);
    await proxy.set({ [way]: { flow: 'lose' } });
    socket.write('lost');
    await sleep(30);
    await proxy.set({});
    socket.write('late');
    servers[0]?.end('server ends');
    await sleep(30);
    // Up: the server receives nothing, but what it sends arrives. Down: nothing arrives.
    expect(received).toEqual(way === 'up' ? { text: 'server ends', end: 'fin' } : { text: '', end: null });
    expect(proxy.traffic().up).toBe(way === 'up' ? 0 : 8);
    const other = await dial();
    const news = record(other);
    other.write('new');
    await until(() => news.text === 'new');
  });

  it('half-open: accepts a new connection and never answers', async () => {
    const { proxy, dial } = await wire();
    await proxy.set({ up: { flow: 'lose' }, down: { flow: 'lose' } });
    const socket = await dial();
    const received = record(socket);
    socket.end('anybody?');
    await sleep(50);
    expect(received).toEqual({ text: '', end: null });
  });

  it('keeps reading what is sent into a lost direction', async () => {
    const { proxy, dial } = await wire();
    const socket = await dial();
    await proxy.set({ up: { flow: 'lose' } });
    await new Promise((resolve) => socket.write(Buffer.alloc(8 * 1024 * 1024), resolve));
  });
});

describe('cut and refuse', () => {
  it.each(['fin', 'reset'] as const)('ends both sides by %s', async (how) => {
    const { proxy, dial, servers } = await wire();
    const socket = await dial();
    const received = record(socket);
    socket.write('x');
    await until(() => received.text === 'x');
    const far = record(servers[0] as Socket);
    proxy.cut(how);
    await until(() => received.end !== null && far.end !== null);
    expect([received.end, far.end]).toEqual([how, how]);
  });

  it('leaves no socket open', async () => {
    const open = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
    const before = open();
    const { proxy, dial } = await wire();
    const sockets = await Promise.all(Array.from({ length: 50 }, dial));
    for (const socket of sockets) socket.write('x');
    await until(() => proxy.traffic().up === 50);
    // Cut while some are passing FIN on.
    for (const socket of sockets) socket.end();
    await sleep(1);
    proxy.cut('reset');
    await proxy.close();
    for (const last of undo.splice(0).reverse()) await last();
    await until(() => open() <= before);
  });

  it('cuts mid-message, to the byte, and once', async () => {
    const { proxy, dial } = await wire();
    const socket = await dial();
    const received = record(socket);
    const cut = proxy.cutAfter('down', 5);
    socket.write('half a word');
    await cut;
    await until(() => received.end !== null);
    expect(received.text).toBe('half ');
    const other = await dial();
    const whole = record(other);
    other.write('half a word');
    await until(() => whole.text === 'half a word');
  });

  it('refuses new connections, keeps open ones, and listens again at the same address', async () => {
    const { proxy, dial } = await wire();
    const socket = await dial();
    const received = record(socket);
    await proxy.set({ refuse: true });
    await expect(dial()).rejects.toThrow('ECONNREFUSED');
    socket.write('still here');
    await until(() => received.text === 'still here');
    await proxy.set({});
    await dial();
  });

  it('ends the connection when there is no server', async () => {
    const proxy = await createFaultProxy('http://127.0.0.1:1');
    undo.push(proxy.close);
    await expect(fetch(proxy.url)).rejects.toThrow('fetch failed');
  });
});

describe('WebSocket blocked, HTTP open', () => {
  async function web(): Promise<{
    proxy: FaultProxy;
    upgrade: () => Promise<ReturnType<typeof record> & { socket: Socket }>;
  }> {
    const server = createHttpServer((_, response) => response.end('plain'));
    server.on('upgrade', (_, socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = await createFaultProxy(`http://127.0.0.1:${portOf(server)}`);
    undo.push(
      () => server.close(),
      () => server.closeAllConnections(),
      proxy.close,
    );
    const upgrade = async () => {
      const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
      undo.push(() => socket.destroy());
      const received = record(socket);
      await once(socket, 'connect');
      // In two pieces: a request head may be split anywhere.
      socket.write('GET /socket.io/ HTTP/1.1\r\nhost: a\r\nConnection: Upgrade\r\nUpg');
      await sleep(5);
      socket.write('rade: WebSocket\r\n\r\n');
      return Object.assign(received, { socket });
    };
    return { proxy, upgrade };
  }
  const plain = (proxy: FaultProxy) => fetch(proxy.url).then((answer) => answer.text());

  it('passes on a healthy network', async () => {
    const { proxy, upgrade } = await web();
    const received = await upgrade();
    await until(() => received.text.startsWith('HTTP/1.1 101 '));
    expect(await plain(proxy)).toBe('plain');
  });

  it('refused: 403 for new ones, FIN for open ones', async () => {
    const { proxy, upgrade } = await web();
    const opened = await upgrade();
    await until(() => opened.text !== '');
    await proxy.set({ webSocket: 'refuse' });
    await until(() => opened.end === 'fin');
    const received = await upgrade();
    await until(() => received.end !== null);
    expect(received.text).toMatch(/^HTTP\/1\.1 403 /);
    expect(await plain(proxy)).toBe('plain');
  });

  it('lost: no answer and no FIN, for new and open ones', async () => {
    const { proxy, upgrade } = await web();
    const opened = await upgrade();
    await until(() => opened.text !== '');
    await proxy.set({ webSocket: 'lose' });
    const received = await upgrade();
    await sleep(50);
    expect([opened.end, received.text, received.end]).toEqual([null, '', null]);
    expect(await plain(proxy)).toBe('plain');
  });
});
