import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Carrier } from '#contract/bridge.ts';
import { BRIDGE_PATH } from '#contract/bridge-path.ts';
import { ok } from '#contract/errors.ts';
import { socketCarrier } from './socket-carrier.ts';

type Ack = (answer: unknown) => void;
let http: HttpServer;
let io: Server;
let carrier: Carrier & { close(): void };
let ups: boolean[];
/** Calls that have reached the host and are unanswered. */
let calls: { name: string; input: unknown; answer: Ack }[];
let refuse: boolean;
let pongs: number;

async function host(port = 0): Promise<number> {
  http = createServer();
  io = new Server(http, {
    path: BRIDGE_PATH,
    transports: ['websocket'],
    pingInterval: 50,
    pingTimeout: 5_000,
    allowRequest: (_, decide) => decide(null, !refuse),
  });
  io.engine.on('connection', (page) => page.on('packet', ({ type }: { type: string }) => type === 'pong' && pongs++));
  io.on('connection', (page) =>
    page.on('call', (name: string, input: unknown, answer: Ack) => calls.push({ name, input, answer })),
  );
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return (http.address() as AddressInfo).port;
}

let port: number;
beforeEach(async () => {
  calls = [];
  ups = [];
  refuse = false;
  pongs = 0;
  port = await host();
});
afterEach(async () => {
  vi.useRealTimers();
  carrier.close();
  await io.close();
});

function open(): void {
  carrier = socketCarrier(`ws://127.0.0.1:${port}${BRIDGE_PATH}/?EIO=4&transport=websocket`);
  carrier.onUp((up) => ups.push(up));
}
const isUp = () => expect.poll(() => ups.at(-1), { timeout: 10_000 }).toBe(true);

test('reports its state at once, and again when it is connected', async () => {
  open();
  expect(ups).toEqual([false]);
  await isUp();
});

test('resolves each call with its own answer, whatever the order of answers', async () => {
  open();
  await isUp();
  const answers = Promise.all([carrier.call('a', { id: 1 }), carrier.call('b', null)]);
  await expect.poll(() => calls.length).toBe(2);
  calls[1]?.answer(ok('second'));
  calls[0]?.answer(ok('first\n[2]'));
  expect(await answers).toEqual([ok('first\n[2]'), ok('second')]);
  expect(calls).toMatchObject([
    { name: 'a', input: { id: 1 } },
    { name: 'b', input: null },
  ]);
});

test('delivers pushes until unsubscribed', async () => {
  open();
  const pushes: unknown[] = [];
  const undo = carrier.onPush((name, payload) => pushes.push([name, payload]));
  await isUp();
  io.emit('push', 'board', { n: 1 });
  await expect.poll(() => pushes).toEqual([['board', { n: 1 }]]);
  undo();
  io.emit('push', 'board', { n: 2 });
  // The answer to this call comes after that push.
  const answered = carrier.call('x', null);
  await expect.poll(() => calls.length).toBe(1);
  calls[0]?.answer(ok(null));
  await answered;
  expect(pushes).toHaveLength(1);
});

test('answers the pings of the host', async () => {
  open();
  await isUp();
  await expect.poll(() => pongs, { timeout: 10_000 }).toBeGreaterThan(3);
  expect(ups).toEqual([false, true]);
});

test('[C5] fails a call at once without a connection, and when the connection is lost', async () => {
  open();
  expect(await carrier.call('early', null)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  await isUp();
  const cutOff = carrier.call('late', null);
  await expect.poll(() => calls.length).toBe(1);
  io.disconnectSockets(true);
  expect(await cutOff).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  expect(ups.at(-1)).toBe(false);
  expect(calls.map(({ name }) => name)).toEqual(['late']);
});

test('connects again to a host that has restarted', async () => {
  open();
  await isUp();
  await io.close();
  await expect.poll(() => ups.at(-1)).toBe(false);
  await host(port);
  await isUp();
});

test('connects to a host that refused it before', async () => {
  refuse = true;
  open();
  await new Promise<void>((resolve) => http.once('upgrade', () => resolve()));
  refuse = false;
  await isUp();
});

test('connects again after the host has ended the session on an open socket', async () => {
  open();
  await isUp();
  io.disconnectSockets(false);
  await expect.poll(() => ups.at(-1)).toBe(false);
  await isUp();
});

test('ignores binary and unknown packets', async () => {
  open();
  await isUp();
  for (const page of io.of('/').sockets.values()) page.conn.write('noop');
  io.emit('push', 'board', Buffer.from('binary'));
  const answered = carrier.call('after', null);
  await expect.poll(() => calls.length).toBe(1);
  calls[0]?.answer(ok('still there'));
  expect(await answered).toEqual(ok('still there'));
  expect(ups).toEqual([false, true]);
});

test('[C5] gives up a silent host, fails its calls, and connects again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  open();
  await isUp();
  const cutOff = carrier.call('unheard', null);
  // The host's ping timers run, but no packet arrives meanwhile.
  vi.advanceTimersByTime(5_100);
  expect(ups.at(-1)).toBe(false);
  expect(await cutOff).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  vi.advanceTimersByTime(300);
  await isUp();
});
