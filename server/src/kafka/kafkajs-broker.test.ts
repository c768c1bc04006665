import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createKafkajsBroker } from './kafkajs-broker.ts';

/** Less than an answer is waited for. */
const WITHIN_MS = 14_000;

it(
  'a broker that answers nothing does not keep the server from ending',
  async () => {
    let calls = 0;
    const silent = createServer((socket) => {
      calls++;
      socket.on('error', () => {}).resume();
      onTestFinished(() => void socket.destroy());
    });
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const brokers = [`127.0.0.1:${(silent.address() as AddressInfo).port}`];
    const broker = await createKafkajsBroker({ brokers, group: 'g', onState() {}, log: { warn() {} } });
    broker.consume(['orders'], async () => {});
    const published = broker.publish([{ topic: 'changes', key: 'a', value: 'b', headers: {} }]);
    const outcome = published.then(
      () => 'published',
      () => 'not published',
    );
    await expect.poll(() => calls, { timeout: 5_000 }).toBeGreaterThan(1);
    await broker.close();
    expect(await outcome).toBe('not published');
  },
  WITHIN_MS,
);
