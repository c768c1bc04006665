import { expect, it } from 'vitest';
import { createFaultProxy } from '#test/faults/fault-proxy.ts';
import { useFastHeartbeat } from '#test/support/fast-heartbeat.ts';
import { startServer } from '#test/support/server.ts';
import { connectStore } from '#test/support/store-socket.ts';

it('[section 6] ends the connection of a display that the server no longer hears', async () => {
  const server = await startServer();
  useFastHeartbeat(server);
  const { display } = await server.makeStore();
  const proxy = await createFaultProxy(server.url);
  const client = await connectStore(proxy.url, { token: display.token });
  const over = new Promise((resolve) => client.socket.once('disconnect', resolve));
  await proxy.set({ up: { flow: 'lose' } });
  // `ping timeout` would be the client's own detection, half an interval later.
  expect(await over).toBe('transport close');
  client.close();
  await proxy.close();
  await server.close();
});
