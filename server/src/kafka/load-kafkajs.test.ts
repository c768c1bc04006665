import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { HAS_MOCK_KAFKA, startMockKafka } from '../testing/mock-kafka.ts';
import { loadKafkajs } from './load-kafkajs.ts';

it.skipIf(!HAS_MOCK_KAFKA)('an idle connection to Kafka sets no timers (needs kcat)', async () => {
  const broker = await startMockKafka();
  const kafkajs = await loadKafkajs();
  const producer = new kafkajs.Kafka({ brokers: [broker.address] }).producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  await producer.send({ topic: 'warm', messages: [{ value: 'a' }] });
  const { setTimeout: original } = globalThis;
  let timers = 0;
  globalThis.setTimeout = Object.assign((...args: Parameters<typeof original>) => {
    // Test files share a process, and another one's server may still be stopping.
    if (new Error().stack?.includes('kafkajs')) timers++;
    return original(...args);
  }, original);
  await sleep(100);
  globalThis.setTimeout = original;
  await producer.disconnect();
  broker.stop();
  expect(timers).toBe(0);
});
