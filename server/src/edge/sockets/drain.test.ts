import { expect, it, onTestFinished } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { ADMIN_TOKEN, startServer } from '#test/support/server.ts';
import { connectStore, type StoreClient } from '#test/support/store-socket.ts';

/** Resolves when it is disconnected, with the events before it. */
const ended = ({ socket, heard }: StoreClient): Promise<string[]> =>
  new Promise((resolve) => socket.once('disconnect', () => resolve(heard)));

it('[section 15] a server that drains says so on /ready, and serves what comes until it stops', async () => {
  const server = await startServer();
  onTestFinished(() => server.close());
  const { integration } = await server.makeStore();
  server.server.drain();
  const ready = await fetch(`${server.url}/ready`);
  expect([ready.status, (await fetch(`${server.url}/health`)).status]).toEqual([503, 200]);
  const placed = await server.api('POST', '/orders', { token: integration.token, body: orderDraft() });
  expect([placed.status, placed.headers.get('connection')]).toEqual([201, 'close']);
});

it('[section 16] a server that stops sends reconnect, and closes the socket', async () => {
  const server = await startServer();
  onTestFinished(() => server.close());
  const { display } = await server.makeStore();
  const clients = await Promise.all([
    connectStore(server.url, { token: display.token }),
    connectStore(server.url, { token: ADMIN_TOKEN }, { namespace: '/admin' }),
  ]);
  const ends = Promise.all(clients.map(ended));
  await server.stop();
  for (const heard of await ends) expect(heard.at(-1)).toBe('reconnect');
});
