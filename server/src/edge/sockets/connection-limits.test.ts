import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createAttacker } from '#test/floods/attacker.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { connectStore } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';
import { ADMIN } from '../../testing/shop.ts';
import { networkOf } from '../network-of.ts';
import { createRateLimit } from '../rate-limit.ts';
import {
  createConnectionLimits,
  MESSAGE_BYTES,
  MESSAGES_PER_WINDOW,
  STRANGERS_PER_MINUTE,
} from './connection-limits.ts';

const CLOSED_WITHIN_MS = 5_000;
const ASKS = '40/store,{"token":"nobody","protocol":1}';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
  return () => server.close();
});

/** A raw connection that nothing has joined; `said` has what the server sent. */
async function connect(): Promise<{ socket: WebSocket; said: string[]; closed: Promise<unknown> }> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  onTestFinished(() => socket.close());
  const said: string[] = [];
  socket.addEventListener('message', ({ data }) => void said.push(String(data)));
  const closed = once(socket, 'close');
  const isOpen = await Promise.race([once(socket, 'open').then(() => true), closed.then(() => false)]);
  if (!isOpen) throw new Error('refused');
  return { socket, said, closed };
}
const soon = (closed: Promise<unknown>) =>
  Promise.race([closed.then(() => 'closed'), sleep(CLOSED_WITHIN_MS, 'open', { ref: false })]);

describe('a connection that no known caller has joined', () => {
  it('gets the first refusal and is closed', async () => {
    const { socket, said, closed } = await connect();
    socket.send(ASKS);
    expect(await soon(closed)).toBe('closed');
    expect(said.find((packet) => packet.startsWith('44/store'))).toContain('"code":"unauthorized"');
  });

  it('is closed after a few messages, also to namespaces that there are not', async () => {
    const { socket, said, closed } = await connect();
    for (let n = 0; n < 100; n++) socket.send(`40/none-${n},`);
    expect(await soon(closed)).toBe('closed');
    expect(said.filter((packet) => packet.startsWith('44/')).length).toBeLessThan(20);
  });

  it('is one of a few hundred a minute from its address; displays that are connected stay', async () => {
    const { display } = await server.makeStore();
    const known = await connectStore(server.url, { token: display.token });
    onTestFinished(() => known.close());
    for (let n = 0; n < STRANGERS_PER_MINUTE; n += 50) await Promise.all(Array.from({ length: 50 }, connect));
    await expect(connect()).rejects.toThrow('refused');
    expect(await known.hello()).toHaveProperty('mode');
  }, 60_000);

  it('no longer counts once a known caller has joined it', () => {
    const limits = createConnectionLimits(
      createRateLimit(() => 0),
      { trustProxy: 0 },
    );
    const request = { headers: {}, socket: { remoteAddress: '192.0.2.7' } } as IncomingMessage;
    for (let n = 0; n < 2 * STRANGERS_PER_MINUTE; n++) {
      expect(limits.admits(request)).toBe(true);
      expect(limits.join({ request }, `caller ${n}`)).toBe(true);
    }
    const admitted = Array.from({ length: STRANGERS_PER_MINUTE + 1 }, () => limits.admits(request));
    expect(admitted.lastIndexOf(true)).toBe(STRANGERS_PER_MINUTE - 1);
  });
});

it('[section 2] behind a proxy that TRUST_PROXY counts, the connections of each client are counted alone', () => {
  const limits = createConnectionLimits(
    createRateLimit(() => 0),
    { trustProxy: 1 },
  );
  const from = (address: string) =>
    ({ headers: { 'x-forwarded-for': address }, socket: { remoteAddress: '10.0.0.9' } }) as unknown as IncomingMessage;
  for (let n = 0; n < STRANGERS_PER_MINUTE; n++) limits.admits(from('192.0.2.7'));
  expect([limits.admits(from('192.0.2.7')), limits.admits(from('192.0.2.8'))]).toEqual([false, true]);
});

describe('a display that floods the server', () => {
  async function twoDisplays() {
    const { display, display2 } = await server.makeStore();
    const [flood, calm] = [await connectStore(server.url, display), await connectStore(server.url, display2)];
    onTestFinished(() => calm.close());
    await calm.hello();
    return { token: display.token, flood, calm };
  }

  it.each([
    ['messages', MESSAGES_PER_WINDOW, ''],
    ['large messages', MESSAGES_PER_WINDOW / 20, 'x'.repeat(20 * MESSAGE_BYTES)],
  ])('with %s is disconnected and may not come back at once, and others are not', async (_, count, text) => {
    const { token, flood, calm } = await twoDisplays();
    const gone = new Promise((resolve) => flood.socket.once('disconnect', resolve));
    for (let n = 0; n <= count; n++) flood.socket.emit('nothing', text);
    expect(await soon(gone)).toBe('closed');
    await expect(connectStore(server.url, { token })).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await calm.hello()).toHaveProperty('mode');
  });
});

it.each([
  ['sends too much', 1_000],
  ['sends before it has joined', 0],
])('a connection that %s is cut, and little is read of what it goes on to send', async (_, waits) => {
  const accepted: Socket[] = [];
  const note = (message: unknown) => void accepted.push((message as { socket: Socket }).socket);
  subscribe('net.server.socket', note);
  onTestFinished(() => void unsubscribe('net.server.socket', note));
  const { display } = await server.makeStore();
  const attacker = createAttacker(server.url, Date.now() + CLOSED_WITHIN_MS);
  const connection = await attacker.webSocket();
  connection.socket.resume();
  await connection.say(`40/store,${JSON.stringify({ token: display.token, protocol: 1, appVersion: '1.0.0' })}`);
  await sleep(waits);
  const text = `42/store,["nothing","${'x'.repeat(1_000)}"]`;
  while (connection.isOpen()) await connection.say(text);
  expect(attacker.isOver()).toBe(false);
  expect(accepted.at(-1)?.bytesRead).toBeLessThan(2 * MESSAGES_PER_WINDOW * text.length);
});

it('a display that confirms each change of a busy store stays connected', async () => {
  const { display, integration } = await server.makeStore();
  const client = await connectStore(server.url, display);
  onTestFinished(() => client.close());
  const { epoch, seq, hash } = (await server.api('GET', '/snapshot', { token: display.token })).json;
  client.confirmAll();
  await client.hello({ epoch, cursor: seq, hash });
  const { id } = (await server.api('POST', '/orders', { token: integration.token, body: orderDraft() })).json;
  for (let n = 0; n <= MESSAGES_PER_WINDOW; n++)
    await server.service.orders.patch(ADMIN, id, { note: `change ${n}` }, {});
  await until('all changes', () => client.batches.at(-1)?.to === MESSAGES_PER_WINDOW + 2, 20_000);
  // Not all in one batch.
  expect(client.batches.length).toBeGreaterThan(MESSAGES_PER_WINDOW / 10);
  expect(await client.hello({ epoch, cursor: seq, hash })).toHaveProperty('mode');
}, 60_000);

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
])('counts %s as %s', (address, network) => expect(networkOf(address)).toBe(network));
