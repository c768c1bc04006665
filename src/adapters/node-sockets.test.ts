import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SocketEvents } from '#core/ports.ts';
import { until } from '#test/support/until.ts';
import { nodeSockets } from './node-sockets.ts';

let http: HttpServer;
let io: Server;
let origin: string;
beforeEach(async () => {
  http = createServer();
  io = new Server(http, { transports: ['websocket'], serveClient: false });
  io.of('/store');
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => io.close());

function open(to = origin) {
  const log: string[] = [];
  const events: SocketEvents = {
    connected: () => log.push('connected'),
    refused: (code) => log.push(`refused ${code}`),
    failed: () => log.push('failed'),
    closed: () => log.push('closed'),
    message: (event, payload) => log.push(`${event} ${JSON.stringify(payload)}`),
  };
  const socket = nodeSockets.open({ origin: to, token: 'secret', protocol: 1, appVersion: '1.2.3' }, events);
  return { socket, log, logged: (what: string) => until(what, () => log.includes(what), 5_000) };
}

it('connects with token, protocol and version, sends requests with an ack, and receives messages', async () => {
  let auth: unknown;
  io.of('/store').on('connection', (peer) => {
    auth = peer.handshake.auth;
    peer.on('hello', (payload, ack) => ack({ got: payload }));
    peer.on('got', (payload) => peer.emit('beat', payload));
  });
  const { socket, logged } = open();
  await logged('connected');
  expect(auth).toEqual({ token: 'secret', protocol: 1, appVersion: '1.2.3' });
  expect(await socket.request('hello', { cursor: 3 })).toEqual({ got: { cursor: 3 } });
  socket.send('got', { cursor: 9 });
  await logged('beat {"cursor":9}');
  socket.close();
});

it('[C5] sends nothing through a socket that is not connected', async () => {
  const arrived: unknown[] = [];
  io.of('/store').on('connection', (peer) => peer.onAny((...args) => arrived.push(args)));
  const { socket, logged } = open();
  await expect(socket.request('commands', {})).rejects.toThrow('not connected');
  socket.send('got', { cursor: 1 });
  await logged('connected');
  socket.send('got', { cursor: 2 });
  await until('the second', () => arrived.length > 0, 5_000);
  expect(arrived).toEqual([['got', { cursor: 2 }]]);
  socket.close();
  await expect(socket.request('hello', {})).rejects.toThrow('not connected');
});

it('reports a refused handshake with the server’s code', async () => {
  io.of('/store').use((_, next) => next(Object.assign(new Error('no'), { data: { code: 'unauthorized' } })));
  const { log, logged } = open();
  await logged('refused unauthorized');
  expect(log).toEqual(['refused unauthorized']);
});

it('fails once if nobody listens, and does not retry', async () => {
  const { log, logged } = open('http://127.0.0.1:1');
  await logged('failed');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(log).toEqual(['failed']);
});

it('closes at once when the server goes: rejects pending requests and does not reconnect', async () => {
  let connections = 0;
  io.of('/store').on('connection', (peer) => {
    connections++;
    peer.on('hello', () => peer.disconnect(true));
  });
  const { socket, log, logged } = open();
  await logged('connected');
  await expect(socket.request('hello', {})).rejects.toThrow('closed before the answer');
  await logged('closed');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([log, connections]).toEqual([['connected', 'closed'], 1]);
});

it('reports nothing after close, which may be called repeatedly', async () => {
  const { socket, log, logged } = open();
  await logged('connected');
  const asked = socket.request('hello', {});
  socket.close();
  socket.close();
  await expect(asked).rejects.toThrow();
  expect(log).toEqual(['connected']);
});
