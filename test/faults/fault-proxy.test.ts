import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const last of undo.splice(0).reverse()) await last();
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Everything one socket has heard, and how it ended. */
function ear(socket: Socket) {
  const heard = { text: '', end: null as null | 'fin' | 'reset' };
  socket.on('data', (bytes) => (heard.text += bytes));
  socket.on('end', () => (heard.end ??= 'fin'));
  socket.on('error', () => (heard.end ??= 'reset'));
  return heard;
}
/** Waits for what must come sooner or later; how long is the machine's business. */
async function until(what: () => boolean): Promise<void> {
  while (!what()) await sleep(5);
}

/** A server that repeats what it hears, a proxy before it, and one connection through it. */
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

describe('in fair weather', () => {
  it('carries both ways, passes ends on, and counts', async () => {
    const { proxy, dial } = await wire();
    const socket = await dial();
    const heard = ear(socket);
    socket.end('there and back');
    await until(() => heard.end !== null);
    expect(heard).toEqual({ text: 'there and back', end: 'fin' });
    expect(proxy.traffic()).toMatchObject({ up: 14, down: 14, connections: 1 });
    proxy.resetTraffic();
    expect(proxy.traffic()).toEqual({ up: 0, down: 0, connections: 0, since: null });
  });

  it('carries a megabyte whole', async () => {
    const { dial } = await wire();
    const socket = await dial();
    const heard = ear(socket);
    const text = '0123456789abcdef'.repeat(65_536);
    socket.end(text);
    await until(() => heard.end !== null);
    expect(heard.text === text).toBe(true);
  });
});

describe('late', () => {
  it('each way is late by the latency, and jitter does not change the order', async () => {
    const { proxy, dial } = await wire(7);
    await proxy.set({ up: { latencyMs: 40, jitterMs: 30 }, down: { latencyMs: 40, jitterMs: 30 } });
    const socket = await dial();
    const heard = ear(socket);
    const begin = performance.now();
    for (const word of 'abcdefghij') {
      socket.write(word);
      await sleep(3);
    }
    await until(() => heard.text.length === 10);
    expect(heard.text).toBe('abcdefghij');
    // Timers may fire a millisecond early; never more.
    expect(performance.now() - begin).toBeGreaterThan(78);
  });

  it('drips at the rate that was asked for', async () => {
    const { proxy, dial } = await wire();
    await proxy.set({ down: { bytesPerSecond: 1_000 } });
    const socket = await dial();
    const heard = ear(socket);
    const begin = performance.now();
    socket.write('x'.repeat(250));
    await until(() => heard.text.length > 0);
    expect(heard.text.length).toBeLessThan(250);
    await until(() => heard.text.length === 250);
    expect(performance.now() - begin).toBeGreaterThan(190);
  });
});

describe('silent', () => {
  it('what was held comes when it is released, ends too', async () => {
    const { proxy, dial } = await wire();
    const socket = await dial();
    const heard = ear(socket);
    await proxy.set({ down: { flow: 'hold' } });
    socket.end('patience');
    await until(() => proxy.traffic().up === 8);
    await sleep(30);
    expect(heard).toEqual({ text: '', end: null });
    await proxy.set({});
    await until(() => heard.end !== null);
    expect(heard).toEqual({ text: 'patience', end: 'fin' });
  });

  it.each(['up', 'down'] as const)('what was lost %s never comes, nor anything after it, nor an end', async (way) => {
    const { proxy, dial, servers } = await wire();
    const socket = await dial();
    const heard = ear(socket);
    await proxy.set({ [way]: { flow: 'lose' } });
    socket.write('lost');
    await sleep(30);
    await proxy.set({});
    socket.write('late');
    servers[0]?.end('server ends');
    await sleep(30);
    // Up: the server has heard nothing, and its own words still come. Down: nothing comes at all.
    expect(heard).toEqual(way === 'up' ? { text: 'server ends', end: 'fin' } : { text: '', end: null });
    expect(proxy.traffic().up).toBe(way === 'up' ? 0 : 8);
    const other = await dial();
    const news = ear(other);
    other.write('new');
    await until(() => news.text === 'new');
  });

  it('half-open: a new connection is accepted and hears nothing', async () => {
    const { proxy, dial } = await wire();
    await proxy.set({ up: { flow: 'lose' }, down: { flow: 'lose' } });
    const socket = await dial();
    const heard = ear(socket);
    socket.end('anybody?');
    await sleep(50);
    expect(heard).toEqual({ text: '', end: null });
  });

  it('takes whatever is said into a lost direction', async () => {
    const { proxy, dial } = await wire();
    const socket = await dial();
    await proxy.set({ up: { flow: 'lose' } });
    await new Promise((resolve) => socket.write(Buffer.alloc(8 * 1024 * 1024), resolve));
  });
});

describe('broken', () => {
  it.each(['fin', 'reset'] as const)('cut by %s, at both ends', async (how) => {
    const { proxy, dial, servers } = await wire();
    const socket = await dial();
    const heard = ear(socket);
    socket.write('x');
    await until(() => heard.text === 'x');
    const far = ear(servers[0] as Socket);
    proxy.cut(how);
    await until(() => heard.end !== null && far.end !== null);
    expect([heard.end, far.end]).toEqual([how, how]);
  });

  it('leaves nothing open behind it', async () => {
    const open = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
    const before = open();
    const { proxy, dial } = await wire();
    const sockets = await Promise.all(Array.from({ length: 50 }, dial));
    for (const socket of sockets) socket.write('x');
    await until(() => proxy.traffic().up === 50);
    // Cut while some are just passing an end on.
    for (const socket of sockets) socket.end();
    await sleep(1);
    proxy.cut('reset');
    await proxy.close();
    for (const last of undo.splice(0).reverse()) await last();
    await until(() => open() <= before);
  });

  it('cut in mid-message, to the byte, and once', async () => {
    const { proxy, dial } = await wire();
    const socket = await dial();
    const heard = ear(socket);
    const cut = proxy.cutAfter('down', 5);
    socket.write('half a word');
    await cut;
    await until(() => heard.end !== null);
    expect(heard.text).toBe('half ');
    const other = await dial();
    const whole = ear(other);
    other.write('half a word');
    await until(() => whole.text === 'half a word');
  });

  it('refuses, leaves what stands alone, and listens again at the same address', async () => {
    const { proxy, dial } = await wire();
    const socket = await dial();
    const heard = ear(socket);
    await proxy.set({ refuse: true });
    await expect(dial()).rejects.toThrow('ECONNREFUSED');
    socket.write('still here');
    await until(() => heard.text === 'still here');
    await proxy.set({});
    await dial();
  });

  it('passes on that there is nobody behind it', async () => {
    const proxy = await createFaultProxy('http://127.0.0.1:1');
    undo.push(proxy.close);
    await expect(fetch(proxy.url)).rejects.toThrow('fetch failed');
  });
});

describe('WebSocket blocked, HTTP open', () => {
  async function web(): Promise<{
    proxy: FaultProxy;
    upgrade: () => Promise<ReturnType<typeof ear> & { socket: Socket }>;
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
      const heard = ear(socket);
      await once(socket, 'connect');
      // In two pieces: a head may come in any.
      socket.write('GET /socket.io/ HTTP/1.1\r\nhost: a\r\nConnection: Upgrade\r\nUpg');
      await sleep(5);
      socket.write('rade: WebSocket\r\n\r\n');
      return Object.assign(heard, { socket });
    };
    return { proxy, upgrade };
  }
  const plain = (proxy: FaultProxy) => fetch(proxy.url).then((answer) => answer.text());

  it('passes in fair weather', async () => {
    const { proxy, upgrade } = await web();
    const heard = await upgrade();
    await until(() => heard.text.startsWith('HTTP/1.1 101 '));
    expect(await plain(proxy)).toBe('plain');
  });

  it('refused: 403 for new ones, an end for those that stand', async () => {
    const { proxy, upgrade } = await web();
    const standing = await upgrade();
    await until(() => standing.text !== '');
    await proxy.set({ webSocket: 'refuse' });
    await until(() => standing.end === 'fin');
    const heard = await upgrade();
    await until(() => heard.end !== null);
    expect(heard.text).toMatch(/^HTTP\/1\.1 403 /);
    expect(await plain(proxy)).toBe('plain');
  });

  it('lost: no answer and no end, for new ones and for those that stand', async () => {
    const { proxy, upgrade } = await web();
    const standing = await upgrade();
    await until(() => standing.text !== '');
    await proxy.set({ webSocket: 'lose' });
    const heard = await upgrade();
    await sleep(50);
    expect([standing.end, heard.text, heard.end]).toEqual([null, '', null]);
    expect(await plain(proxy)).toBe('plain');
  });
});
