import { expect, it } from 'vitest';
import { createFaultProxy } from '#test/faults/fault-proxy.ts';
import { startServer } from '#test/support/server.ts';
import { connectStore } from '#test/support/store-socket.ts';

it('[section 6] ends the connection of a display whose messages no longer arrive', async () => {
  const server = await startServer();
  const { display } = await server.makeStore();
  const proxy = await createFaultProxy(server.url);
  const client = await connectStore(proxy.url, { token: display.token });
  const over = new Promise((resolve) => client.socket.once('disconnect', resolve));
  await proxy.set({ up: { flow: 'lose' } });
  // `ping timeout` would be its own finding, and five seconds later.
  expect(await over).toBe('transport close');
  client.close();
  await proxy.close();
  await server.close();
});
