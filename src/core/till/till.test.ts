import { mkdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { escpos } from '#capture/testing/escpos.ts';
import { connectTill, printerStatus, printTo } from '#capture/testing/print-to.ts';
import { columnsTicket, reprintTicket } from '#capture/testing/tickets.ts';
import type { TillView } from '#contract/till.ts';
import { createFaultProxy, type FaultProxy } from '#test/faults/fault-proxy.ts';
import { freePort } from '#test/support/free-port.ts';
import { type RealDisplay, startRealDisplay } from '#test/support/real-display.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

const WITHIN = { timeout: 15_000, interval: 50 };
let server: TestServer;
const undo: (() => unknown)[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterEach(async () => {
  for (const last of undo.splice(0).reverse()) await last();
});
afterAll(() => server.close());

interface Shop {
  store: TestStore;
  one: RealDisplay;
  port: number;
}

/** A display of a new store, whose computer is a printer; `url` stands between it and the server. */
async function open(url = server.url, token?: string): Promise<Shop> {
  const store = await server.makeStore();
  const one = await startRealDisplay({ serverUrl: url, token: store.display.token });
  undo.push(() => one.remove());
  await expect.poll(() => one.screen.status().store?.id, WITHIN).toBe(store.id);
  expect(await one.display.call('setTillToken', { token: token ?? store.integration.token })).toMatchObject({
    ok: true,
  });
  const port = await freePort();
  await set(one, { on: true, port });
  await expect.poll(() => reachable(port), WITHIN).toBe(true);
  return { store, one, port };
}
const set = (one: RealDisplay, till: object) =>
  one.display.call('changeSettings', { till: { ...one.screen.status().settings.till, ...till } });
const reachable = (port: number) =>
  connectTill(port).then(
    (socket) => Boolean(socket.destroy()),
    () => false,
  );
const ticket = (number: number, item = 'Tea') => escpos().line(`Order ${number}`).line(`1 x ${item}`).cut().end();
async function numbers(store: TestStore): Promise<string[]> {
  const { json } = await server.api('GET', `/orders?storeId=${store.id}&limit=200`);
  return (json.orders as { number: string }[]).map(({ number }) => number).reverse();
}
const view = async (one: RealDisplay) => ((await one.display.call('getTill', null)) as { value: TillView }).value;
async function behindProxy(): Promise<Shop & { proxy: FaultProxy }> {
  const proxy = await createFaultProxy(server.url);
  undo.push(() => proxy.close());
  return { ...(await open(proxy.url)), proxy };
}

it('makes an order of what a till prints, once for the same bytes within a minute and for a reprint', async () => {
  const { store, one, port } = await open();
  await printTo(port, columnsTicket(117).end());
  await printTo(port, columnsTicket(117).end());
  await printTo(port, reprintTicket().end());
  await printTo(port, ticket(118));
  await expect.poll(() => numbers(store), WITHIN).toEqual(['117', '118']);
  const { json } = await server.api('GET', `/orders?storeId=${store.id}`);
  const [, order] = json.orders;
  expect(order).toMatchObject({ source: 'Till', status: 'pending', table: '7', covers: 4, fulfilment: 'dine_in' });
  expect(order.externalId).toMatch(/^print:/);
  await expect.poll(() => one.screen.tickets().length, WITHIN).toBe(2);
  await expect.poll(() => one.screen.status().till, WITHIN).toEqual({ trouble: null, waiting: 0, refused: 0 });
});

it('keeps tickets while the server is away, over a restart, and makes each an order once, in their order', async () => {
  const { store, one, port, proxy } = await behindProxy();
  await proxy.set({ refuse: true });
  proxy.cut('reset');
  for (const number of [1, 2]) await printTo(port, ticket(number));
  await expect.poll(() => one.screen.status().till, WITHIN).toEqual({ trouble: 'away', waiting: 2, refused: 0 });
  const again = await one.again();
  undo.push(() => again.remove());
  await expect.poll(() => reachable(port), WITHIN).toBe(true);
  await printTo(port, ticket(3));
  expect((await view(again)).tickets).toMatchObject([
    { state: 'waiting', lines: ['Order 1', '1 x Tea'] },
    { state: 'waiting', lines: ['Order 2', '1 x Tea'] },
    { state: 'waiting', lines: ['Order 3', '1 x Tea'] },
  ]);
  await set(again, { on: false });
  await proxy.repair();
  await expect.poll(() => numbers(store), WITHIN).toEqual(['1', '2', '3']);
  await expect.poll(() => again.screen.status().till, WITHIN).toBeNull();
  expect(await reachable(port)).toBe(false);
});

it('sends a ticket again whose answer was lost, and it is one order', async () => {
  const { store, one, port, proxy } = await behindProxy();
  await proxy.set({ down: { flow: 'lose' } });
  await printTo(port, ticket(1));
  await expect.poll(() => numbers(store), WITHIN).toEqual(['1']);
  expect(one.screen.status().till?.waiting).toBe(1);
  proxy.cut('reset');
  await proxy.repair();
  await expect.poll(() => one.screen.status().till?.waiting, WITHIN).toBe(0);
  expect(await numbers(store)).toEqual(['1']);
});

it('keeps tickets while its token is revoked, and sends them with a new one', async () => {
  const { store, one, port } = await open();
  await server.api('DELETE', `/devices/${store.integration.deviceId}`);
  await printTo(port, ticket(1));
  await expect
    .poll(() => one.screen.status().till, WITHIN)
    .toEqual({ trouble: 'token_refused', waiting: 1, refused: 0 });
  const { token } = await server.addDevice(store.id, 'integration');
  expect(await one.display.call('setTillToken', { token })).toMatchObject({ ok: true });
  await expect.poll(() => numbers(store), WITHIN).toEqual(['1']);
  await expect.poll(() => one.screen.status().till?.trouble, WITHIN).toBeNull();
});

it('takes only the token of an integration of its store', async () => {
  const { store, one } = await open();
  const other = await server.makeStore();
  const manager = await server.addDevice(store.id, 'manager');
  for (const token of [store.display.token, manager.token, other.integration.token, 'tr_i_unknown'])
    expect(await one.display.call('setTillToken', { token }), token).toMatchObject({ error: { code: 'invalid' } });
  await one.display.call('setPin', { pin: '2468' });
  await one.display.call('lock', null);
  const { token } = await server.addDevice(store.id, 'integration');
  for (const [name, input] of Object.entries({ setTillToken: { token }, changeSettings: { till: { on: false } } }))
    expect(await one.display.call(name, input)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(JSON.stringify([await view(one), one.screen.status()])).not.toContain(store.integration.token);
  expect(statSync(join(one.dir, 'till-connection.json')).mode & 0o777).toBe(0o600);
});

it('keeps and shows a ticket that the server refuses, and lets no ticket wait for one that fails', async () => {
  const { url, close } = await startPickyServer();
  undo.push(close);
  const { store, one, port } = await open(url);
  await printTo(port, ticket(1, 'poison'), ticket(2, 'broken'), ticket(3));
  await expect.poll(() => numbers(store), WITHIN).toEqual(['3']);
  await expect.poll(() => one.screen.status().till, WITHIN).toEqual({ trouble: 'away', waiting: 1, refused: 1 });
  const { tickets } = await view(one);
  expect(tickets).toMatchObject([{ state: 'refused', why: 'items: not here' }, { state: 'waiting' }]);
  await one.display.call('dismissTillTicket', { id: tickets[0]?.id });
  await expect.poll(() => one.screen.status().till?.refused, WITHIN).toBe(0);
});

it('says that its port is taken, and listens once it is free', async () => {
  const { one } = await open();
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, '0.0.0.0', done));
  const { port } = taken.address() as AddressInfo;
  await set(one, { port });
  await expect.poll(() => one.screen.status().till?.trouble, WITHIN).toBe('port_taken');
  await new Promise((done) => taken.close(done));
  await expect.poll(() => one.screen.status().till?.trouble, WITHIN).toBeNull();
  expect(await printerStatus(port)).toBe('12');
});

it('is a printer that is off line while it cannot store, and takes the ticket once it can', async () => {
  const { store, one, port } = await open();
  await one.stop();
  const file = join(one.dir, 'till.db');
  for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
  mkdirSync(file);
  const again = await startRealDisplay(null, one.dir);
  undo.push(() => again.remove());
  await expect.poll(() => reachable(port), WITHIN).toBe(true);
  const socket = await connectTill(port);
  undo.push(() => socket.destroy());
  socket.write(ticket(1));
  await expect.poll(() => printerStatus(port), WITHIN).toBe('1a');
  expect(again.screen.status().till?.trouble).toBe('disk');
  rmdirSync(file);
  await expect.poll(() => numbers(store), WITHIN).toEqual(['1']);
  expect(await printerStatus(port)).toBe('12');
  await expect.poll(() => again.screen.status().till?.trouble, WITHIN).toBeNull();
});

it('sends what waits, each once, while the disk takes nothing any more', async () => {
  const { store, one, port, proxy } = await behindProxy();
  await proxy.set({ refuse: true });
  proxy.cut('reset');
  for (const number of [1, 2]) await printTo(port, ticket(number));
  rmSync(join(one.dir, 'till.db'));
  await proxy.repair();
  await expect.poll(() => numbers(store), WITHIN).toEqual(['1', '2']);
  const socket = await connectTill(port);
  undo.push(() => socket.destroy());
  socket.write(ticket(3));
  await expect.poll(() => printerStatus(port), WITHIN).toBe('1a');
  expect(one.screen.status().till).toMatchObject({ trouble: 'disk', waiting: 2 });
  expect(await numbers(store)).toEqual(['1', '2']);
});

it('says that a till prints pictures, until it prints text', async () => {
  const { one, port } = await open();
  await printTo(port, escpos().bytes(0x1d, 0x76, 0x30, 0, 1, 0, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8).cut().end());
  await expect.poll(() => one.screen.status().till?.trouble, WITHIN).toBe('picture');
  await printTo(port, ticket(1));
  await expect.poll(() => one.screen.status().till?.trouble, WITHIN).toBeNull();
});

it('leaves the till out of a settings file', async () => {
  const { one } = await open();
  const { value } = (await one.display.call('exportSettings', null)) as { value: { text: string } };
  expect(JSON.parse(value.text).settings).not.toHaveProperty('till');
});

/** The server behind a gateway that refuses orders of poison, and breaks at those that are broken. */
async function startPickyServer(): Promise<{ url: string; close: () => void }> {
  const error = { code: 'invalid_request', message: 'items: not here', requestId: 'r' };
  const gateway = createHttp(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    response.setHeader('content-type', 'application/json');
    if (body.includes('poison')) response.writeHead(400).end(JSON.stringify({ error }));
    else if (body.includes('broken')) response.writeHead(502).end('<h1>Bad gateway</h1>');
    else {
      const headers = { authorization: String(request.headers.authorization), 'content-type': 'application/json' };
      const isPost = request.method === 'POST';
      const answer = await fetch(server.url + request.url, {
        method: String(request.method),
        headers: isPost ? headers : { authorization: headers.authorization },
        ...(isPost && { body }),
      });
      response.writeHead(answer.status).end(await answer.text());
    }
  });
  gateway.on('upgrade', (request, socket, head) => {
    const far = connect(Number(new URL(server.url).port), '127.0.0.1');
    const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    far.write(`GET ${request.url} HTTP/1.1\r\n${headers.join('')}\r\n`);
    far.write(head);
    far.pipe(socket).pipe(far);
    for (const end of [far, socket]) end.on('error', () => far.destroy());
  });
  await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    close: () => gateway.closeAllConnections(),
  };
}
