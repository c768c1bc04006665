import { expect, it, onTestFinished } from 'vitest';
import { ADMIN_TOKEN, startServer } from '#test/support/server.ts';
import { connectStore, type StoreClient } from '#test/support/store-socket.ts';

/** Resolves when it is disconnected, with the events before it. */
const ended = ({ socket, heard }: StoreClient): Promise<string[]> =>
  new Promise((resolve) => socket.once('disconnect', () => resolve(heard)));

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
