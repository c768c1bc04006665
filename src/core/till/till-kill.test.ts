import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { escpos } from '#capture/testing/escpos.ts';
import { connectTill } from '#capture/testing/print-to.ts';
import { allOrders } from '#test/support/all-orders.ts';
import { createApi } from '#test/support/api.ts';
import { freePort } from '#test/support/free-port.ts';
import { startCommand } from '#test/support/program.ts';
import { startRealDisplay } from '#test/support/real-display.ts';
import { startServer } from '#test/support/server.ts';

const KILLS = Number(process.env.TILL_KILLS ?? 2);
/** GS ( H: the answer says that what came before is printed. */
const CONFIRM = [0x1d, 0x28, 0x48, 6, 0, 48, 48, 1, 2, 3, 4];
const PROGRAM = join(import.meta.dirname, 'testing/run-till.ts');

it('makes one order of each ticket that a till printed, over kill -9 at any moment', {
  timeout: 30_000 + KILLS * 6_000,
}, async () => {
  const server = await startServer();
  const store = await server.makeStore();
  const port = await freePort();
  const setUp = await startRealDisplay({ serverUrl: server.url, token: store.display.token });
  await expect.poll(() => setUp.screen.status().store?.id, { timeout: 15_000 }).toBe(store.id);
  await setUp.display.call('setTillToken', { token: store.integration.token });
  const till = { ...setUp.screen.status().settings.till, on: true, port };
  await setUp.display.call('changeSettings', { till });
  await setUp.stop();

  const start = () =>
    startCommand([process.execPath, PROGRAM, setUp.dir], { env: {} }, (output) => output.includes('ready') || null);
  let program = await start();
  let printed = 0;
  let isOpen = true;
  const printing = (async () => {
    while (isOpen) {
      const job = escpos()
        .line(`Order ${printed + 1}`)
        .line('1 x Tea')
        .cut()
        .bytes(...CONFIRM)
        .end();
      // As tills do: what is not confirmed is printed again.
      while (!(await isConfirmed(port, job))) await sleep(50);
      printed++;
      await sleep(20);
    }
  })();
  for (let i = 0; i < KILLS; i++) {
    const before = printed;
    await expect.poll(() => printed, { timeout: 15_000, interval: 5 }).toBeGreaterThan(before);
    await sleep(23 * (i % 5));
    await program.stop('SIGKILL');
    program = await start();
  }
  isOpen = false;
  await printing;
  const numbers = async () => {
    const orders = await allOrders(createApi(server.url, store.integration.token));
    return orders.map(({ number }) => Number(number)).sort((a, b) => a - b);
  };
  await expect.poll(numbers, { timeout: 15_000, interval: 100 }).toHaveLength(printed);
  await sleep(300);
  expect(await numbers()).toEqual(Array.from({ length: printed }, (_, i) => i + 1));
  expect(printed).toBeGreaterThanOrEqual(KILLS);
  await program.stop();
  await setUp.remove();
  await server.close();
});

/** Whether the printer says that the job is printed, before its connection ends. */
async function isConfirmed(port: number, job: Uint8Array): Promise<boolean> {
  const socket = await connectTill(port).catch(() => null);
  if (!socket) return false;
  return new Promise((resolve) => {
    socket.once('data', () => resolve(Boolean(socket.destroy())));
    socket.once('error', () => resolve(false)).once('close', () => resolve(false));
    socket.write(job);
  });
}
