import { connect, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { until } from '#test/support/until.ts';
import { openDatabase } from '../database/open-database.ts';
import { createWriteQueue } from '../database/write-queue.ts';
import { createMending } from '../orders/create-mending.ts';
import { createOutboundAgent } from '../outbound/create-outbound-agent.ts';
import { draft, makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';
import type { ServiceCalls, TheirOrder } from './adapter.ts';
import { runSource } from './run-source.ts';
import { noTotals } from './source-counts.ts';
import { findSource } from './source-rows.ts';

/** A shop with a source whose orders come over a TCP port: a line is an order's id. */
async function listeningShop() {
  const temp = await sqliteService({ shared: true });
  onTestFinished(temp.dispose);
  await makeShop(temp.service);
  const { id } = await temp.service.sources.create(
    'main',
    { kind: 'standard', name: 'Till', settings: undefined, secret: undefined, enabled: false },
    'http://orders.example',
  );
  const now = () => temp.clock.now;
  const database = await openDatabase(`file:${temp.file}`, {
    now: now(),
    shared: true,
    onFault: () => {},
  });
  const { db, reindexOrders } = database;
  onTestFinished(database.close);
  const queue = createWriteQueue({ ...database, onCommit: () => {} });
  onTestFinished(queue.close);
  const onDamage = () => {};
  const { escalations, sources } = temp.service;
  const parts = {
    db,
    queue,
    mending: createMending({ db, reindexOrders, queue, onDamage, now }),
    escalations,
    onDamage,
    totals: noTotals(),
    dispatcher: createOutboundAgent(true),
    confirm: async () => {},
    logger: { warn: () => {} },
    now,
  };
  return {
    clock: temp.clock,
    source: () => sources.get(id, null),
    entries: () => sources.log(id, null),
    openEscalations: async () =>
      (await escalations.list({ storeId: 'main', limit: 50 })).escalations.filter((one) => one.resolvedAt === null),
    run: async (listen: NonNullable<ServiceCalls['listen']>) =>
      runSource(await findSource(db, id, null), parts, { open: async () => ({ listen }), firstPauseMs: 20 }),
  };
}

const orderOf = (id: string): TheirOrder => {
  const { storeId: _, externalId: __, source: ___, status: ____, ...rest } = draft();
  return { id, mark: 1, state: { kind: 'order', draft: rest, status: 'pending', theirStatus: 'new' } };
};

/** Listens as an adapter does. */
const listenOn =
  (port: number): NonNullable<ServiceCalls['listen']> =>
  async (take) => {
    const server = createServer((socket) => {
      socket.on('data', async (line) => {
        await take([orderOf(String(line).trim())]);
        socket.end('stored');
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', () => reject(new Error(`another program uses the port: end it, or choose another port.`)));
      server.listen(port, '127.0.0.1', resolve);
    });
    return () => new Promise((resolve) => void server.close(() => resolve()));
  };

it('a port that another program uses is tried until it is free, and the owner reads what to do', async () => {
  const shop = await listeningShop();
  const other = createServer();
  await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const running = await shop.run(listenOn(port));

  const failing = await until(
    'it fails',
    async () => ((await shop.source()).problem ? shop.source() : null),
    5_000,
    10,
  );
  expect(failing.problem).toBe('Till takes no orders: another program uses the port: end it, or choose another port');
  shop.clock.now += 5 * 60_000;
  const [escalation] = await until(
    'the owner is called',
    async () => {
      const open = await shop.openEscalations();
      return open.length > 0 && open;
    },
    5_000,
    10,
  );
  expect(escalation).toMatchObject({ kind: 'source', detail: expect.stringContaining('end it, or choose another') });

  await new Promise((resolve) => void other.close(resolve));
  await until('it works', async () => (await shop.source()).problem === null, 5_000, 10);
  expect(await shop.source()).toMatchObject({ failingSince: null, pulledAt: null });
  await until('it is resolved', async () => (await shop.openEscalations()).length === 0, 5_000, 10);
  const entries = await shop.entries();
  expect(entries.map(({ what, outcome }) => [what, outcome])).toEqual([['connection', 'failed']]);
  await running.stop();
});

it('orders that come over the connection are taken until the source stops, which frees the port', async () => {
  const shop = await listeningShop();
  const free = createServer();
  await new Promise<void>((resolve) => void free.listen(0, '127.0.0.1', resolve));
  const { port } = free.address() as { port: number };
  await new Promise((resolve) => void free.close(resolve));
  const running = await shop.run(listenOn(port));
  const send = async (line: string): Promise<string> => {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(line));
      socket.on('data', (answer) => resolve(String(answer))).on('error', reject);
    });
  };
  expect(await until('it listens', () => send('7'), 5_000, 10)).toBe('stored');
  expect(await send('7')).toBe('stored');
  const taken = (await shop.entries()).filter(({ outcome }) => outcome === 'taken');
  expect(taken.map(({ externalId }) => externalId)).toEqual(['standard:7']);
  await running.stop();
  await expect(send('8')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
