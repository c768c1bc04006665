import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AskServer, createAskServer } from '#test/support/ask-server.ts';
import { databaseOf, dropDatabaseOf } from '#test/support/database-of.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { connectStore, type StoreClient } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';
import { createService } from '../create-service.ts';
import { createServer } from '../edge/create-server.ts';
import { startIntegrations } from '../integrations.ts';
import { readSettings } from '../settings.ts';
import { type SmallRedis, startSmallRedis } from '../testing/small-redis.ts';

const ADMIN_TOKEN = 'admin-token-of-the-tests-0123456789';
/** Without a hint, nothing is found in the time of a test. */
const LOOK_MS = 3_600_000;
const RATE_LIMIT = 80;

interface Node {
  url: string;
  api: AskServer;
  stop(): Promise<void>;
}

let dir: string;
let redis: SmallRedis;
let a: Node;
let b: Node;
let store: { id: string; token: string };
const clients: StoreClient[] = [];

async function startNode(): Promise<Node> {
  const settings = readSettings({
    PORT: '0',
    ADMIN_TOKEN,
    LOG_LEVEL: 'silent',
    RATE_LIMIT: `${RATE_LIMIT}`,
    DATABASE_URL: await databaseOf(dir),
    REDIS_URL: redis.url,
  });
  const log = pino({ level: 'silent' });
  const service = await createService({ ...settings, log, shared: true });
  const server = await createServer({ settings, service, log, lookMs: LOOK_MS });
  const stop = await startIntegrations({ service, server, settings, log });
  return {
    url: server.url(),
    api: createAskServer(server.url(), ADMIN_TOKEN),
    stop: () => stop().then(service.close),
  };
}

const away = async ({ url }: Node) => (await (await fetch(`${url}/ready`)).json()).away ?? [];
const redisIs = (state: 'here' | 'away') =>
  until(
    `Redis is ${state}`,
    async () => [...(await away(a)), ...(await away(b))].length === (state === 'here' ? 0 : 2),
    15_000,
  );
const device = async (role: string) =>
  (await a.api('POST', `/stores/${store.id}/devices`, { body: { role, name: role } })).json;
const place = (node: Node) => node.api('POST', '/orders', { token: store.token, body: orderDraft() });

async function connectDisplay(node: Node) {
  const display = await device('display');
  const client = await connectStore(node.url, { token: display.token });
  clients.push(client);
  client.confirmAll();
  const { epoch } = (await node.api('GET', '/sync', { token: display.token })).json;
  await client.hello({ epoch, cursor: 0, hash: null });
  return { ...display, client };
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-nodes-'));
  redis = await startSmallRedis('a-password-of-the-tests');
  [a, b] = [await startNode(), await startNode()];
});
beforeEach(async () => {
  await redisIs('here');
  const { id } = (await a.api('POST', '/stores', { body: { name: 'Main', currency: 'GEL', timeZone: 'UTC' } })).json;
  store = { id, token: '' };
  store.token = (await device('integration')).token;
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await Promise.all([a.stop(), b.stop(), redis.stop()]);
  await dropDatabaseOf(dir);
  rmSync(dir, { recursive: true, force: true });
});

it('[section 15] the requests of a token are counted over both nodes', async () => {
  const { token } = await device('integration');
  const statuses: number[] = [];
  for (let i = 0; i < RATE_LIMIT * 1.5; i++)
    statuses.push((await (i % 2 ? a : b).api('GET', `/stores/${store.id}`, { token })).status);
  const taken = statuses.filter((status) => status === 200).length;
  // Alone, each would take all of these. A request may come before what the other node says.
  expect(taken).toBeGreaterThanOrEqual(RATE_LIMIT);
  expect(taken).toBeLessThan(RATE_LIMIT * 1.2);
});

it('[section 15] an order placed on one node is on the displays of the other at once', async () => {
  const { client } = await connectDisplay(b);
  for (let head = 1; head <= 5; head++) {
    await place(a);
    await until(`change ${head}`, () => client.batches.at(-1)?.to === head, 5_000, 5);
  }
});

it('[section 3] a device revoked on one node is disconnected from the other at once, and its token ends there', async () => {
  const { deviceId, token, client } = await connectDisplay(b);
  expect((await a.api('DELETE', `/devices/${deviceId}`)).status).toBe(204);
  await until('it is disconnected', () => client.socket.disconnected, 5_000, 5);
  expect((await b.api('GET', '/orders', { token })).status).toBe(401);
});

it('[section 16] Redis away: orders are taken as before, and /ready stays 200 and names it', async () => {
  redis.fault = 'mute';
  await redisIs('away');
  expect((await place(a)).status).toBe(201);
  expect((await fetch(`${b.url}/ready`)).status).toBe(200);
  await redis.stop();
  expect((await place(b)).status).toBe(201);
  redis.fault = 'none';
  await redis.startAgain();
  await redisIs('here');
  const { client } = await connectDisplay(b);
  await place(a);
  await until('the order', () => client.batches.at(-1)?.to === 3, 5_000, 5);
});
