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
  const heard: string[] = [];
  const events: SocketEvents = {
    connected: () => heard.push('connected'),
    refused: (code) => heard.push(`refused ${code}`),
    failed: () => heard.push('failed'),
    closed: () => heard.push('closed'),
    message: (event, payload) => heard.push(`${event} ${JSON.stringify(payload)}`),
  };
  const socket = nodeSockets.open({ origin: to, token: 'secret', protocol: 1, appVersion: '1.2.3' }, events);
  return { socket, heard, said: (what: string) => until(what, () => heard.includes(what), 5_000) };
}

it('knocks with token, protocol and version, asks with an ack, and hears what it is told', async () => {
  let auth: unknown;
  io.of('/store').on('connection', (peer) => {
    auth = peer.handshake.auth;
    peer.on('hello', (payload, ack) => ack({ got: payload }));
    peer.on('got', (payload) => peer.emit('beat', payload));
  });
  const { socket, said } = open();
  await said('connected');
  expect(auth).toEqual({ token: 'secret', protocol: 1, appVersion: '1.2.3' });
  expect(await socket.request('hello', { cursor: 3 })).toEqual({ got: { cursor: 3 } });
  socket.send('got', { cursor: 9 });
  await said('beat {"cursor":9}');
  socket.close();
});

it('[C5] puts nothing into a socket that is not connected', async () => {
  const arrived: unknown[] = [];
  io.of('/store').on('connection', (peer) => peer.onAny((...args) => arrived.push(args)));
  const { socket, said } = open();
  await expect(socket.request('commands', {})).rejects.toThrow('not connected');
  socket.send('got', { cursor: 1 });
  await said('connected');
  socket.send('got', { cursor: 2 });
  await until('the second', () => arrived.length > 0, 5_000);
  expect(arrived).toEqual([['got', { cursor: 2 }]]);
  socket.close();
  await expect(socket.request('hello', {})).rejects.toThrow('not connected');
});

it('says why a handshake was refused, in the server’s code', async () => {
  io.of('/store').use((_, next) => next(Object.assign(new Error('no'), { data: { code: 'unauthorized' } })));
  const { heard, said } = open();
  await said('refused unauthorized');
  expect(heard).toEqual(['refused unauthorized']);
});

it('fails once when nobody is there, and does not try again by itself', async () => {
  const { heard, said } = open('http://127.0.0.1:1');
  await said('failed');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual(['failed']);
});

it('ends at once when the server goes: what waits for an answer is rejected, and it does not come back', async () => {
  let connections = 0;
  io.of('/store').on('connection', (peer) => {
    connections++;
    peer.on('hello', () => peer.disconnect(true));
  });
  const { socket, heard, said } = open();
  await said('connected');
  await expect(socket.request('hello', {})).rejects.toThrow('closed before the answer');
  await said('closed');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([heard, connections]).toEqual([['connected', 'closed'], 1]);
});

it('says nothing more once it is closed by us, however often', async () => {
  const { socket, heard, said } = open();
  await said('connected');
  const asked = socket.request('hello', {});
  socket.close();
  socket.close();
  await expect(asked).rejects.toThrow();
  expect(heard).toEqual(['connected']);
});
