import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from '#test/support/free-port.ts';
import { listenAsPrinter } from './listen-as-printer.ts';
import type { Printed } from './printed.ts';

it('[section 16] after a silence, what was printed without a cut is a job', async () => {
  const jobs: Printed[] = [];
  const port = await freePort();
  const end = await listenAsPrinter({
    host: '127.0.0.1',
    port,
    page: null,
    isReady: () => true,
    silenceMs: 100,
    async onJob(printed) {
      jobs.push(printed);
      return true;
    },
  });
  const socket = connect(port, '127.0.0.1');
  // It is cut while it asks.
  socket.on('error', () => undefined);
  socket.write('Order 5\n1 x Tea\n');
  // Requests of the printer's state do not break the silence.
  const asking = setInterval(() => socket.write(Uint8Array.from([0x10, 4, 1])), 20);
  await expect.poll(() => jobs, { timeout: 8_000, interval: 20 }).toMatchObject([{ complete: false }]);
  clearInterval(asking);
  await end();
  socket.destroy();
});
