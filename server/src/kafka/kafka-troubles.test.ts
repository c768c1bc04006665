import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import kafkajs, { type Producer } from 'kafkajs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { until } from '#test/support/until.ts';
import { createKafkaProxy, type KafkaProxy } from '../testing/kafka-proxy.ts';
import { HAS_MOCK_KAFKA, sendCompressed, startMockKafka } from '../testing/mock-kafka.ts';
import { startKafka } from './start-kafka.ts';

const PREFIX = 'ticketrail.';
/** The group notices after this, ms, that a member is gone. */
const SESSION_MS = 5_000;
const WITHIN_MS = 30_000;

const order = (note = '') => ({
  ...(note && { note }),
  currency: 'GEL',
  totalMinor: 1_000,
  items: [{ name: 'Khachapuri', quantity: 1 }],
});

describe.skipIf(!HAS_MOCK_KAFKA)('a broker with troubles (needs kcat)', () => {
  let broker: Awaited<ReturnType<typeof startMockKafka>>;
  let proxy: KafkaProxy;
  let server: TestServer;
  let store: TestStore;
  let producer: Producer;
  let stopHearing: () => Promise<void>;
  let stopKafka: () => Promise<void>;
  const warnings: string[] = [];
  /** The ids of what is published, and of dead letters. */
  const published: string[] = [];
  const letters: (string | undefined)[] = [];

  const start = () =>
    startKafka({
      ...server,
      settings: { kafka: { brokers: [proxy.address], prefix: PREFIX } },
      log: { warn: (_, message) => void warnings.push(message) },
      sessionMs: SESSION_MS,
    });
  /** Orders without an externalId: only the place in the topic keeps them from being placed twice. */
  const send = (count: number, note?: string) =>
    producer.send({
      topic: `${PREFIX}order.create`,
      acks: -1,
      messages: Array.from({ length: count }, (_, i) => ({
        key: `${i}`,
        value: JSON.stringify({ storeId: store.id, order: order(note) }),
      })),
    });
  const head = async () => (await server.service.log.head(store.id)).head;
  const placed = (count: number) => until(`${count} orders`, async () => (await head()) >= count, WITHIN_MS);
  const allPublished = async () => {
    const { epoch, head: last } = await server.service.log.head(store.id);
    const wanted = Array.from({ length: last }, (_, i) => `${epoch}-${store.id}-${i + 1}`);
    await until('all changes are published', () => wanted.every((id) => published.includes(id)), WITHIN_MS);
  };
  const isHere = async () => !(await (await fetch(`${server.url}/ready`)).text()).includes('kafka');

  beforeAll(async () => {
    broker = await startMockKafka();
    proxy = await createKafkaProxy(broker.address);
    const kafka = new kafkajs.Kafka({ brokers: [broker.address], logLevel: kafkajs.logLevel.NOTHING });
    producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    const consumer = kafka.consumer({ groupId: 'test', maxWaitTimeInMs: 200 });
    await consumer.connect();
    await consumer.subscribe({ topics: [`${PREFIX}order.changed`, `${PREFIX}dead-letter`], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, message: { headers } }) => {
        if (topic.endsWith('changed')) published.push(String(headers?.id));
        else letters.push(String(headers?.error));
      },
    });
    stopHearing = () => consumer.disconnect();
    server = await startServer();
    store = await server.makeStore();
    stopKafka = await start();
    await until('Kafka is there', isHere, WITHIN_MS);
  }, 60_000);
  afterEach(() => Object.assign(proxy, { away: false, delayMs: 0, most: Number.POSITIVE_INFINITY, instead: null }));
  afterAll(async () => {
    await stopKafka();
    await server.close();
    await stopHearing();
    await producer.disconnect();
    await proxy.close();
    broker.stop();
  });

  it('that goes away and comes back: orders over HTTP go on, and nothing is lost or placed twice', async () => {
    const before = await head();
    await send(60);
    await until('the first are there', async () => (await head()) > before, WITHIN_MS, 2);
    proxy.away = true;
    proxy.cut();
    await send(5);
    expect((await server.api('POST', '/orders', { body: { storeId: store.id, ...order() } })).status).toBe(201);
    await until('/ready names it', async () => !(await isHere()), WITHIN_MS);
    proxy.away = false;
    await placed(before + 66);
    await allPublished();
    await until('Kafka is there', isHere, WITHIN_MS);
    expect(await head()).toBe(before + 66);
  }, 60_000);

  it('whose group gets a second member, which ends in the middle: each order is placed once', async () => {
    const before = await head();
    const stopOther = await start();
    for (let i = 0; i < 20; i++) await send(5);
    await until('half are there', async () => (await head()) > before + 50, WITHIN_MS, 2);
    await stopOther();
    await placed(before + 100);
    await allPublished();
    expect(await head()).toBe(before + 100);
  }, 60_000);

  it('that is slow: orders over HTTP do not wait for it', async () => {
    proxy.delayMs = 2_000;
    const before = await head();
    await send(5);
    const began = performance.now();
    for (let i = 0; i < 5; i++) await server.api('POST', '/orders', { body: { storeId: store.id, ...order() } });
    // If they waited for it, each would take as long as an answer of the broker.
    expect(performance.now() - began).toBeLessThan(5 * 2_000);
    proxy.delayMs = 200;
    await placed(before + 10);
    await allPublished();
    expect(await head()).toBe(before + 10);
  }, 60_000);

  it('that takes only small requests gets the changes in parts, and of a huge message its place', async () => {
    const before = await head();
    proxy.most = 8_000;
    await send(30, 'n'.repeat(1_500));
    await placed(before + 30);
    await allPublished();
    const refused = letters.length;
    await producer.send({ topic: `${PREFIX}order.create`, messages: [{ value: 'x'.repeat(900_000) }] });
    await until('the letter is there', () => letters.length > refused, WITHIN_MS);
    expect(letters.slice(refused)).toEqual(['too_large']);
  }, 60_000);

  it('that has messages compressed by any algorithm: each becomes the order that it says', async () => {
    const before = await head();
    const notes: string[] = [];
    for (const compression of ['gzip', 'snappy', 'lz4', 'zstd'] as const) {
      const some = Array.from(
        { length: 40 },
        (_, i) => `${compression} ${randomBytes(30).toString('hex')} ${'again '.repeat(i)}`,
      );
      const values = some.map((note) => JSON.stringify({ storeId: store.id, order: order(note) }));
      await sendCompressed(broker.address, `${PREFIX}order.create`, compression, values);
      notes.push(...some);
    }
    await placed(before + notes.length);
    const { json } = await server.api('GET', `/orders?storeId=${store.id}&limit=200`);
    const taken = json.orders.slice(0, notes.length).map(({ note }: { note: string }) => note.trim());
    expect(taken.sort()).toEqual(notes.map((note) => note.trim()).sort());
    await allPublished();
  }, 60_000);

  it('that does not speak Kafka ends nothing, and may be mended', async () => {
    const before = await head();
    const sized = (bytes: Buffer) => {
      const size = Buffer.alloc(4);
      size.writeInt32BE(bytes.length);
      return Buffer.concat([size, bytes]);
    };
    const numbered = (number: number, bytes: Buffer) => {
      const correlation = Buffer.alloc(4);
      correlation.writeInt32BE(number);
      return sized(Buffer.concat([correlation, bytes]));
    };
    const talks: ((socket: Socket) => void)[] = [
      (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
      (socket) => void socket.write(sized(Buffer.alloc(0))),
      (socket) => void socket.write(sized(Buffer.from([1, 2]))),
      (socket) => void socket.write(Buffer.alloc(64, 0xff)),
      (socket) => void socket.on('data', () => socket.write(randomBytes(5_000))),
      // Answers with the right numbers and sizes.
      (socket) => {
        let number = 0;
        socket.on('data', () => socket.write(numbered(number++, randomBytes(40))));
      },
      (socket) => {
        let number = 0;
        socket.on('data', () => socket.write(numbered(number++, Buffer.alloc(40, 0x7f))));
      },
      (socket) => void socket.end(),
    ];
    for (const talk of talks) {
      let calls = 0;
      proxy.instead = (socket) => {
        calls++;
        talk(socket);
      };
      proxy.cut();
      await until('it has called', () => calls > 1, WITHIN_MS);
      expect((await server.api('POST', '/orders', { body: { storeId: store.id, ...order() } })).status).toBe(201);
    }
    proxy.instead = null;
    proxy.cut();
    await send(1);
    await placed(before + talks.length + 1);
    await allPublished();
    expect(await head()).toBe(before + talks.length + 1);
  }, 90_000);
});
