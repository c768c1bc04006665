import { get, type Server as HttpServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { ADMIN_TOKEN, startServer, type TestServer } from '#test/support/server.ts';
import { sleep } from '#test/support/sleep.ts';
import { ADMIN } from '../../testing/shop.ts';

const CHANGES = 80;
let server: TestServer;
let id: string;
beforeAll(async () => {
  server = await startServer();
  const store = await server.makeStore();
  const items = Array.from({ length: 50 }, (_, i) => ({ name: `Dish ${i}`, quantity: 1, note: 'x'.repeat(2_000) }));
  id = (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft({ items }) })).json.id;
  const { patch } = server.service.orders;
  await Promise.all(Array.from({ length: CHANGES - 1 }, (_, i) => patch(ADMIN, id, { note: `change ${i}` }, {})));
});
afterAll(() => server.close());

it('[section 5] returns a long history whole, oldest first', async () => {
  const { json } = await server.api('GET', `/orders/${id}/history`);
  expect(json.changes.map(({ order }: { order: { version: number } }) => order.version)).toEqual(
    Array.from({ length: CHANGES }, (_, i) => i + 1),
  );
});

it('keeps little of it in memory for a client that does not read', async () => {
  const accepted: Socket[] = [];
  const http = server.server.sockets.io.httpServer as HttpServer;
  http.on('connection', (socket) => accepted.push(socket));
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const answer = await new Promise<IncomingMessage>((resolve) =>
    get(`${server.url}/api/v1/orders/${id}/history`, { headers, agent: false }, resolve),
  );
  answer.pause();
  await sleep(500);
  const unsent = Math.max(...accepted.map((socket) => socket.writableLength));
  expect(unsent).toBeGreaterThan(0);
  expect(unsent).toBeLessThan(1024 * 1024);
  let bytes = 0;
  for await (const chunk of answer) bytes += chunk.length;
  expect(bytes).toBeGreaterThan(CHANGES * 100_000);
});
