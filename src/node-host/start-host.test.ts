import { mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BRIDGE_PATH } from '#contract/bridge-path.ts';
import { DisplayStatus } from '#contract/display-status.ts';
import { Board } from '#contract/ticket.ts';
import { StorageError } from '#core/ports.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { unzip } from '#test/support/unzip.ts';
import { createHostLog } from './host-log.ts';
import type { HostOptions } from './host-options.ts';
import { type Host, startHost } from './start-host.ts';

const ORDER = { items: [{ name: 'Khachapuri', quantity: 2 }], currency: 'GEL', totalMinor: 2900 };
const log = createHostLog('error');
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const last of undo.splice(0).reverse()) await last();
});

function screenFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'screen-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Board</title>');
  return dir;
}
const dataFolder = () => mkdtempSync(join(tmpdir(), 'host-'));

async function start(over: Partial<HostOptions> = {}): Promise<Host> {
  const options = {
    serverUrl: null,
    token: null,
    dataDir: dataFolder(),
    port: 0,
    host: '127.0.0.1',
    publicUrl: null,
    oneTimeKey: null,
    ...over,
  };
  const host = await startHost({ ...options, screenDir: screenFolder(), appVersion: 'test', log });
  undo.push(host.close);
  return host;
}

/** Opens the page like a browser, and returns the cookie it gets for the key. */
async function cookieOf(host: Host): Promise<string> {
  const answer = await fetch(host.address, { redirect: 'manual' });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

interface Page {
  socket: Socket;
  pushes: { name: string; payload: unknown }[];
  /** Whether the host accepted the socket. */
  opened: Promise<boolean>;
  call(name: unknown, input?: unknown): Promise<Answer>;
}
// biome-ignore lint/suspicious/noExplicitAny: what a page gets is what is tested
type Answer = { ok: boolean; value: any };

/** A page's end of the bridge. */
function connectPage(host: Host, headers: Record<string, string>): Page {
  const url = `http://127.0.0.1:${host.port}`;
  const options = { path: BRIDGE_PATH, transports: ['websocket'], reconnection: false, forceNew: true };
  const socket = io(url, { ...options, extraHeaders: { origin: url, ...headers } });
  undo.push(() => socket.close());
  const pushes: Page['pushes'] = [];
  socket.on('push', (name, payload) => pushes.push({ name, payload }));
  const opened = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  });
  return { socket, pushes, opened, call: (name, input) => socket.timeout(5_000).emitWithAck('call', name, input) };
}
async function openPage(host: Host): Promise<Page> {
  const page = connectPage(host, { cookie: await cookieOf(host) });
  expect(await page.opened).toBe(true);
  return page;
}

describe('the bridge socket', () => {
  let host: Host;
  let cookie: string;
  beforeEach(async () => {
    host = await start();
    cookie = await cookieOf(host);
  });

  test('accepts our page with the cookie', async () => {
    expect(await connectPage(host, { cookie }).opened).toBe(true);
  });

  test.each([
    ['no cookie', () => ({})],
    ['a wrong cookie', () => ({ cookie: `${cookie.split('=')[0]}=wrong` })],
    ['a page of another site', () => ({ cookie, origin: 'http://evil.example' })],
    ['a page on another port of this machine', () => ({ cookie, origin: 'http://127.0.0.1:9' })],
    ['a foreign host name (DNS rebinding)', () => ({ cookie, host: 'evil.example', origin: 'http://evil.example' })],
  ])('refuses %s', async (_, headers) => {
    expect(await connectPage(host, headers() as unknown as Record<string, string>).opened).toBe(false);
  });

  test('sends every new page a full status at once', async () => {
    const page = await openPage(host);
    await expect.poll(() => page.pushes[0]).toMatchObject({ name: 'status' });
    expect(DisplayStatus.safeParse(page.pushes[0]?.payload).error).toBeUndefined();
    expect(page.pushes[0]?.payload).toMatchObject({ setup: 'needed' });
  });

  test('answers every call with a Result, even a wrong one, and stays up', async () => {
    const page = await openPage(host);
    expect(await page.call('getBoard', null)).toMatchObject({ ok: true, value: { tickets: [] } });
    expect(await page.call('getBoard')).toMatchObject({ ok: true });
    for (const [name, input] of [
      ['nope', null],
      ['command', { orderId: 1 }],
      ['__proto__', {}],
      ['changeSettings', { x: 1 }],
    ])
      expect(await page.call(name, input)).toMatchObject({ ok: false, error: { code: 'invalid' } });
    for (const args of [[], [1], [null, null], ['getBoard', null, 'no function'], [{ a: 1 }, {}, 5]])
      page.socket.emit('call', ...args);
    page.socket.emit('nonsense', Buffer.alloc(10));
    expect(await page.call('getStatus', null)).toMatchObject({ ok: true });
  });

  test('drops a socket that does not speak the bridge protocol', async () => {
    const raw = connect(host.port, '127.0.0.1');
    raw.write('GET /elsewhere HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await new Promise((resolve) => raw.on('close', resolve).on('error', resolve).resume());
  });
});

describe('the browser host (contract, section 1)', () => {
  test('serves the screen without a reachable server, and says so on it', async () => {
    const host = await start({ serverUrl: 'http://127.0.0.1:9', token: 't' });
    const page = await openPage(host);
    const link = async () => (await page.call('getStatus', null)).value.link.state;
    await expect.poll(link, { timeout: 10_000 }).not.toBe('unknown');
    expect(await link()).not.toBe('live');
  });

  test('keeps its key in --data, so a tablet survives a restart on another port', async () => {
    const dataDir = dataFolder();
    const first = await start({ dataDir });
    const cookie = await cookieOf(first);
    await first.close();
    const second = await start({ dataDir });
    expect(second.key).toBe(first.key);
    const answer = await fetch(`http://127.0.0.1:${second.port}/`, { headers: { cookie } });
    expect(await answer.text()).toContain('Board');
  });

  test('refuses a data folder that another display uses', async () => {
    const dataDir = dataFolder();
    await start({ dataDir });
    await expect(start({ dataDir })).rejects.toSatisfy((e) => e instanceof StorageError && e.fault === 'locked');
  });

  test('fails cleanly if the port is in use', async () => {
    const { port } = await start();
    const dataDir = dataFolder();
    await expect(start({ dataDir, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await start({ dataDir });
  });

  test('can be closed twice, and its pages notice', async () => {
    const host = await start();
    const page = await openPage(host);
    await Promise.all([host.close(), host.close()]);
    await expect.poll(() => page.socket.connected).toBe(false);
  });

  test('serves a page behind a proxy with TLS, whose origin and host differ from its own', async () => {
    const host = await start({ publicUrl: 'https://board.example' });
    const answer = await new Promise<IncomingMessage>((resolve) =>
      get({ port: host.port, path: `/?key=${host.key}`, headers: { host: 'board.example' } }, resolve),
    );
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; Secure$/);
    const headers = { host: 'board.example', cookie: cookie.split(';')[0] ?? '' };
    expect(await connectPage(host, { ...headers, origin: 'https://board.example' }).opened).toBe(true);
    expect(await connectPage(host, { ...headers, origin: 'http://board.example' }).opened).toBe(false);
  });

  // Only Linux has a whole network of addresses for itself.
  test.skipIf(process.platform !== 'linux')(
    'serves others while one address opens connections without end',
    async () => {
      const host = await start();
      const idle = Array.from({ length: 1_200 }, () =>
        connect({ port: host.port, host: '127.0.0.1', localAddress: '127.0.0.2' }).on('error', () => {}),
      );
      undo.push(() => idle.map((socket) => socket.destroy()));
      await expect
        .poll(() => idle.filter(({ destroyed }) => destroyed).length, { timeout: 15_000 })
        .toBeGreaterThan(500);
      expect((await openPage(host)).socket.connected).toBe(true);
    },
  );

  test.skipIf(process.platform === 'win32')('stores files readable by their owner only', async () => {
    const dataDir = join(dataFolder(), 'new');
    await start({ dataDir });
    expect(statSync(dataDir).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'host-key')).mode & 0o077).toBe(0);
  });
});

describe('with the companion server', () => {
  let server: TestServer;
  let store: TestStore;
  beforeEach(async () => {
    server = await startServer();
    undo.push(server.close);
    store = await server.makeStore();
  });
  const place = async () =>
    (await server.api('POST', '/orders', { token: store.integration.token, body: ORDER })).json.id;
  const boardOf = async (page: Page) => Board.parse((await page.call('getBoard', null)).value);

  test('brings an order to the page, and a tap from the page to the server', async () => {
    const page = await openPage(await start({ serverUrl: server.url, token: store.display.token }));
    const id = await place();
    await expect.poll(async () => (await boardOf(page)).tickets[0]?.order.id, { timeout: 10_000 }).toBe(id);
    const intent = { type: 'set_status', payload: { from: 'pending', to: 'preparing' } };
    expect(await page.call('command', { orderId: id, intent })).toMatchObject({ ok: true });
    const status = async () =>
      (await server.api('GET', `/orders/${id}`, { token: store.integration.token })).json.status;
    await expect.poll(status, { timeout: 10_000 }).toBe('preparing');
  });

  test('pairs by code on the first-run screen, and stores the connection', async () => {
    const dataDir = dataFolder();
    const first = await start({ dataDir });
    const page = await openPage(first);
    const { code } = (await server.api('POST', `/stores/${store.id}/pairing-codes`)).json;
    const answer = await page.call('connectWithCode', { serverUrl: server.url, code, deviceName: 'Tablet' });
    expect(answer).toMatchObject({ ok: true });
    await first.close();
    const again = await openPage(await start({ dataDir }));
    const link = async () => (await again.call('getStatus', null)).value.link.state;
    await expect.poll(link, { timeout: 10_000 }).toBe('live');
  });

  test('gives a page a diagnosis as one archive, with neither the token nor the key', async () => {
    const host = await start({ serverUrl: server.url, token: store.display.token });
    const page = await openPage(host);
    log.warn('some library told too much', { url: host.address, token: store.display.token });
    const { value } = await page.call('exportDiagnosis', null);
    expect(value.name).toMatch(/^ticketrail-diagnosis-.+\.zip$/);
    const files = unzip(Buffer.from(value.base64, 'base64'));
    expect(JSON.parse(files['about.json'] ?? '').machine).toMatchObject({
      host: 'browser',
      platform: process.platform,
    });
    expect(files['log.txt']).toContain('some library told too much');
    for (const secret of [store.display.token, host.key]) expect(JSON.stringify(files)).not.toContain(secret);
  });

  test('a page that stops reading for a while sees a gap in the patch numbers, and asks for the whole board', async () => {
    const page = await openPage(await start({ serverUrl: server.url, token: store.display.token }));
    const raw = (page.socket.io.engine.transport as unknown as { ws: { _socket: import('node:net').Socket } }).ws
      ._socket;
    raw.pause();
    const ids: string[] = [];
    for (let i = 0; i < 150; i++) ids.push(await place());
    raw.resume();
    const patches = () =>
      page.pushes.filter(({ name }) => name === 'board').map(({ payload }) => (payload as { n: number }).n);
    await expect.poll(async () => (await boardOf(page)).tickets.length, { timeout: 15_000 }).toBe(150);
    const board = await boardOf(page);
    await expect.poll(() => patches().at(-1), { timeout: 10_000 }).toBe(board.n);
    expect(new Set(board.tickets.map(({ order }) => order.id))).toEqual(new Set(ids));
  });
});
