import type { Socket as Tcp } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer } from '#test/support/server.ts';
import { sleep } from '#test/support/sleep.ts';
import { connectStore, type StoreClient } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';

type Engine = { transport: { ws: { _socket: Tcp } }; _sendPacket(type: 'pong'): void };
const engineOf = (client: StoreClient) => client.socket.io.engine as unknown as Engine;

it('[section 6] ends a display that says hello again and again and reads nothing; one that reads gets everything', async () => {
  const server = await startServer();
  onTestFinished(() => server.close());
  const store = await server.makeStore();
  const items = Array.from({ length: 50 }, (_, i) => ({ name: `Dish ${i}`, quantity: 1, note: 'x'.repeat(2_000) }));
  for (let i = 0; i < 12; i++)
    await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft({ items }) });
  const { epoch } = (await server.api('GET', '/sync', { token: store.display.token })).json;
  const start = { epoch, cursor: 0, hash: null };
  const reader = await connectStore(server.url, { token: store.display2.token });
  onTestFinished(reader.close);
  reader.confirmAll();
  const greedy = await connectStore(server.url, { token: store.display.token });
  onTestFinished(greedy.close);
  const link = engineOf(greedy);
  const tcp = link.transport.ws._socket.pause();
  onTestFinished(() => void tcp.destroy());

  let most = 0;
  const { engine } = server.server.sockets.io as unknown as {
    engine: { clients: Record<string, { writeBuffer: { data?: string }[] }> };
  };
  const kept = () =>
    Object.values(engine.clients).map(({ writeBuffer }) =>
      writeBuffer.reduce((sum, { data = '' }) => sum + data.length, 0),
    );
  const isEnded = () => !server.service.receipts.isConnected(store.display.deviceId);
  await reader.hello(start);
  for (let i = 0; i < 400 && !(i > 10 && isEnded()); i++) {
    greedy.socket.emit('hello', start, () => {});
    // It still answers the heartbeat, without having read it.
    if (i % 20 === 0) link._sendPacket('pong');
    await sleep(5);
    most = Math.max(most, ...kept());
  }
  await until('the display that does not read is ended', isEnded, 20_000);
  expect(most).toBeLessThan(4 * 1024 * 1024);
  await until('the other display has everything', () => reader.batches.at(-1)?.to === 12, 10_000);
  expect(reader.socket.connected).toBe(true);
}, 60_000);
