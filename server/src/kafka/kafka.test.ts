import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs, { type Kafka, type Producer } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, createServer, type Server } from '#test/e2e/support/server.ts';
import { type AskServer, createAskServer } from '#test/support/ask-server.ts';
import { startServer } from '#test/support/server.ts';
import { until } from '#test/support/until.ts';
import { HAS_MOCK_KAFKA, startMockKafka } from '../testing/mock-kafka.ts';

/** The group misses a killed member for ten seconds: `KAFKA_KILLS=20` for a long proof. */
const KILLS = Number(process.env.KAFKA_KILLS ?? 1);
/** Orders sent before each kill: more than are carried out in one piece. */
const BURST = 120;

interface Heard {
  topic: string;
  key: string | undefined;
  value: string | null;
  headers: Record<string, string>;
}

const order = (externalId?: string) => ({
  ...(externalId && { externalId }),
  currency: 'GEL',
  totalMinor: 1_000,
  items: [{ name: 'Khachapuri', quantity: 1 }],
});

describe.skipIf(!HAS_MOCK_KAFKA)('Kafka (needs kcat)', () => {
  let broker: Awaited<ReturnType<typeof startMockKafka>>;
  let server: Server;
  let api: AskServer;
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-kafka-'));
  const store = { id: 'main' };
  let kafka: Kafka;
  let producer: Producer;
  let stopHearing: () => Promise<void>;
  const heard: Heard[] = [];

  const send = (topic: string, ...values: (object | string | Buffer | null)[]) =>
    producer.send({
      topic: `ticketrail.${topic}`,
      acks: -1,
      messages: values.map((value) => ({
        key: 'a',
        value: value === null || typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value),
      })),
    });
  const orders = async (): Promise<{ id: string; status: string; externalId?: string }[]> =>
    (await api('GET', `/orders?storeId=${store.id}&limit=200`)).json.orders;
  const withId = async (externalId: string) => (await orders()).find((one) => one.externalId === externalId);
  const log = async (): Promise<{ epoch: string; head: number }> => {
    const { json } = await api('GET', `/snapshot?storeId=${store.id}`);
    return { epoch: json.epoch, head: json.seq };
  };
  const letters = () => heard.filter(({ topic }) => topic === 'ticketrail.dead-letter');
  const changesOf = (orderId: string) =>
    heard.filter(({ topic, key }) => topic === 'ticketrail.order.changed' && key?.endsWith(`:${orderId}`));

  beforeAll(async () => {
    broker = await startMockKafka();
    kafka = new kafkajs.Kafka({ brokers: [broker.address], logLevel: kafkajs.logLevel.NOTHING });
    producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    const consumer = kafka.consumer({ groupId: 'test', maxWaitTimeInMs: 200 });
    await consumer.connect();
    await consumer.subscribe({ topics: ['ticketrail.order.changed', 'ticketrail.dead-letter'], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, message: { key, value, headers = {} } }) =>
        void heard.push({
          topic,
          key: key?.toString(),
          value: value === null ? null : value.toString('latin1'),
          headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])),
        }),
    });
    stopHearing = () => consumer.disconnect();
    server = await createServer(dir, { KAFKA_BROKERS: broker.address, LOG_LEVEL: 'silent' });
    api = createAskServer(server.url, ADMIN_TOKEN);
    await api('POST', '/stores', { body: { ...store, name: 'Kafka', currency: 'GEL', timeZone: 'Asia/Tbilisi' } });
    await until(
      'Kafka is there',
      async () => !(await (await fetch(`${server.url}/ready`)).text()).includes('kafka'),
      20_000,
    );
  }, 40_000);
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
    await stopHearing();
    await producer.disconnect();
    broker.stop();
  });

  it('an order that comes twice is placed once, and published with its store and epoch', async () => {
    await send('order.create', { storeId: store.id, order: order('k-1') }, { storeId: store.id, order: order('k-1') });
    await send('order.create', { storeId: store.id, order: order('k-2') });
    const placed = await until('both are there', async () => (await withId('k-2')) && (await withId('k-1')), 10_000);
    expect((await orders()).filter(({ externalId }) => externalId === 'k-1')).toHaveLength(1);
    const [change] = await until(
      'it is published',
      () => changesOf(placed.id).length > 0 && changesOf(placed.id),
      10_000,
    );
    const { epoch } = await log();
    expect(change?.key).toBe(`${store.id}:${placed.id}`);
    expect(JSON.parse(change?.value ?? '')).toMatchObject({
      type: 'order_created',
      storeId: store.id,
      epoch,
      data: { orderId: placed.id, order: { externalId: 'k-1' } },
    });
    expect(change?.headers.id).toBe(`${epoch}-${store.id}-${JSON.parse(change?.value ?? '').seq}`);
  });

  it('messages move and cancel an order, and its changes are published in order', async () => {
    const { json } = await api('POST', '/orders', { body: { storeId: store.id, ...order('k-3') } });
    await send('order.status', { storeId: store.id, externalId: 'k-3', status: 'preparing' });
    await until('it is preparing', async () => (await withId('k-3'))?.status === 'preparing', 10_000);
    await send('order.cancel', { storeId: store.id, orderId: json.id, reason: 'The guest left' });
    await until('it is cancelled', async () => (await withId('k-3'))?.status === 'cancelled', 10_000);
    await until('all are published', () => changesOf(json.id).length === 3, 10_000);
    const seqs = changesOf(json.id).map(({ value }) => JSON.parse(value ?? '').seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(JSON.parse(changesOf(json.id)[2]?.value ?? '').data.reason).toBe('The guest left');
  });

  it('what is wrong becomes a dead letter with error and origin, unchanged, and the rest goes on', async () => {
    const wrong = [
      'not json',
      Buffer.from([0x7b, 0xff, 0x7d]),
      { storeId: store.id, order: { ...order('k-4'), items: [] } },
      { storeId: 'nowhere', order: order('k-4') },
      'x'.repeat(200_000),
      null,
    ];
    await send('order.create', ...wrong, { storeId: store.id, order: order('k-5') });
    await send('order.status', { storeId: store.id, externalId: 'nobody', status: 'ready' });
    await send('order.cancel', { storeId: store.id, externalId: 'k-1' });
    await until('the good one is there', () => withId('k-5'), 10_000);
    await until('all letters are there', () => letters().length === wrong.length + 2, 10_000);
    const codes = (topic: string) =>
      letters()
        .filter(({ headers }) => headers.origin?.startsWith(`ticketrail.${topic}/`))
        .map(({ headers }) => headers.error)
        .sort();
    expect(codes('order.create')).toEqual([
      ...['invalid_request', 'invalid_request', 'invalid_request', 'invalid_request'],
      ...['not_found', 'too_large'],
    ]);
    expect(codes('order.status')).toEqual(['not_found']);
    expect(codes('order.cancel')).toEqual(['invalid_request']);
    const items = letters().find(({ headers }) => headers.message?.includes('items'));
    expect(JSON.parse(items?.value ?? '')).toEqual(wrong[2]);
    expect(items?.key).toBe('a');
    expect(items?.headers.origin).toMatch(/^ticketrail\.order\.create\/\d+\/\d+$/);
    expect(letters().filter(({ value }) => value === '{\xff}')).toHaveLength(1);
    expect(await withId('k-4')).toBeUndefined();
  });

  it(
    'kill -9 in the middle: no order is lost or placed twice, no change is missing',
    async () => {
      const count = async () => (await log()).head;
      const refused = letters().length;
      let all = await count();
      for (let kill = 1; kill <= KILLS; kill++) {
        await send('order.create', ...Array.from({ length: BURST }, () => ({ storeId: store.id, order: order() })));
        const enough = all + 1 + (kill % BURST);
        await until('the first are there', async () => (await count()) >= enough, 30_000, 5);
        await server.stop('SIGKILL');
        await server.start();
        all += BURST;
      }
      await until('all are there', async () => (await count()) >= all, 30_000);
      const { epoch, head } = await log();
      const ids = () =>
        new Set(heard.flatMap(({ headers: { id } }) => (id?.startsWith(`${epoch}-${store.id}-`) ? [id] : [])));
      await until('every change is published', () => ids().size === head, 20_000);
      expect([await count(), letters().length]).toEqual([all, refused]);
    },
    40_000 * (KILLS + 1),
  );
});

describe('without an answer from Kafka', () => {
  it('orders are taken, /ready names it and the changes wait', async () => {
    const server = await startServer({ KAFKA_BROKERS: '127.0.0.1:1' });
    try {
      const store = await server.makeStore();
      const made = await server.api('POST', '/orders', { body: { storeId: store.id, ...order('away') } });
      expect(made.status).toBe(201);
      const ready = await fetch(`${server.url}/ready`);
      expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', away: ['kafka'] }]);
      await until(
        'the metrics say so',
        async () => {
          const { text } = await server.api('GET', '/metrics');
          return text.includes('ticketrail_kafka_away 1') && text.includes('ticketrail_kafka_waiting_changes 1');
        },
        20_000,
      );
    } finally {
      await server.close();
    }
  }, 30_000);
});
