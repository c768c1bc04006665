import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PublicOrder } from '#contract/public-order.ts';
import { type AskServer, createAskServer } from '#test/support/ask-server.ts';
import { connectFeed } from '#test/support/feed-client.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { createRandom } from '#test/support/random.ts';
import { connectStore, type StoreClient } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';
import { createService, type DataService } from '../../create-service.ts';
import type { Hint, Hints } from '../../hints/hints.ts';
import { startIntegrations } from '../../integrations.ts';
import { readSettings } from '../../settings.ts';
import { createServer } from '../create-server.ts';

const ADMIN_TOKEN = 'admin-token-of-the-tests-0123456789';
/** Shorter than the one second of a real server. */
const LOOK_MS = 20;

/** What happens to each hint on its way to each listener. `held`: it arrives after the next one. */
type HintFate = 'passed' | 'dropped' | 'held' | 'doubled' | 'falsified';

/**
 * Hints between several services that share a database, as a network might carry them.
 *
 * @param faultOf called for each hint and listener
 */
function createHintBus(faultOf: () => HintFate, falsify: (hint: Hint) => Hint = (hint) => hint): Hints {
  const listeners = new Map<(hint: Hint) => void, Hint[]>();
  return {
    say(hint) {
      for (const [listener, held] of listeners) {
        const late = held.splice(0);
        const fate = faultOf();
        if (fate === 'held') held.push(hint);
        else if (fate === 'falsified') listener(falsify(hint));
        else if (fate !== 'dropped') listener(hint);
        if (fate === 'doubled') listener(hint);
        for (const one of late) listener(one);
      }
    },
    onHint(listener) {
      listeners.set(listener, []);
      return () => void listeners.delete(listener);
    },
  };
}

interface Node {
  service: DataService;
  url: string;
  api: AskServer;
}

/** Two servers over one database. */
interface Nodes {
  nodes: readonly [Node, Node];
  clock: { ahead: number };
  close(): Promise<void>;
}

async function startNodes(hints: Hints): Promise<Nodes> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-nodes-'));
  const clock = { ahead: 0 };
  const elapsed = () => performance.now() + clock.ahead;
  const DATABASE_URL = `file:${join(dir, 'server.db')}`;
  const settings = readSettings({ PORT: '0', ADMIN_TOKEN, LOG_LEVEL: 'silent', RATE_LIMIT: '0', DATABASE_URL });
  const { databaseUrl, adminToken } = settings;
  const log = pino({ level: 'silent' });
  const stops: (() => Promise<void>)[] = [];

  async function startNode(): Promise<Node> {
    const service = await createService({ databaseUrl, adminToken, log, hints, elapsed, shared: true });
    const server = await createServer({ settings, service, log, lookMs: LOOK_MS });
    const stop = await startIntegrations({ service, server, settings, log });
    stops.push(() => stop().then(service.close));
    return { service, url: server.url(), api: createAskServer(server.url(), ADMIN_TOKEN) };
  }

  return {
    nodes: [await startNode(), await startNode()],
    clock,
    async close() {
      for (const stop of stops) await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

interface Device {
  deviceId: string;
  token: string;
}

/** A store with two displays and a web shop. */
async function makeStore({ api }: Node) {
  const { id } = (await api('POST', '/stores', { body: { name: 'Main', currency: 'GEL', timeZone: 'UTC' } })).json;
  const device = async (role: string, name: string): Promise<Device> =>
    (await api('POST', `/stores/${id}/devices`, { body: { role, name } })).json;
  const { token } = await device('integration', 'Web');
  return {
    id: id as string,
    displays: [await device('display', 'Kitchen'), await device('display', 'Counter')] as const,
    place: (node: Node) => node.api('POST', '/orders', { token, body: orderDraft() }),
  };
}

const clients: StoreClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
async function connect(...given: Parameters<typeof connectStore>): Promise<StoreClient> {
  const client = await connectStore(...given);
  clients.push(client);
  return client;
}

async function follow(node: Node, token: string): Promise<StoreClient> {
  const client = await connect(node.url, { token });
  client.confirmAll();
  const { epoch } = (await node.api('GET', '/sync', { token })).json;
  await client.hello({ epoch, cursor: 0, hash: null });
  return client;
}
const seqs = (client: StoreClient) => client.batches.flatMap(({ changes }) => changes.map(({ seq }) => seq));
const upTo = (head: number) => Array.from({ length: head }, (_, i) => i + 1);
const hasAll = (client: StoreClient, head: number) =>
  until(`everything up to ${head}`, () => seqs(client).at(-1) === head, 10_000, 5);

const random = createRandom(7).next;
const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0];

/** A wrong hint of the same kind: heads too low or too high, missing stores, valid devices. */
function falsify(hint: Hint, known: { storeId: string; deviceIds: readonly string[] }): Hint {
  if (hint.kind === 'revoked') return { kind: 'revoked', deviceId: pick(['nobody', ...known.deviceIds]) };
  const storeId = pick([known.storeId, known.storeId, 'nowhere']);
  if (hint.kind === 'head') return { kind: 'head', storeId, head: Math.floor(random() * 100) };
  return { ...hint, storeId };
}

const FAULTS: [string, () => HintFate][] = [
  ['passed on', () => 'passed'],
  ['all dropped', () => 'dropped'],
  ['late', () => 'held'],
  ['doubled', () => 'doubled'],
  ['all wrong', () => 'falsified'],
  ['anything at random', () => pick(['passed', 'dropped', 'held', 'doubled', 'falsified'])],
];

describe.each(FAULTS)('two nodes whose hints are %s', (_name, faultOf) => {
  let both: Nodes;
  let a: Node;
  let b: Node;
  let store: Awaited<ReturnType<typeof makeStore>>;
  beforeAll(async () => {
    const known = () => ({ storeId: store.id, deviceIds: store.displays.map(({ deviceId }) => deviceId) });
    both = await startNodes(createHintBus(faultOf, (hint) => (store ? falsify(hint, known()) : hint)));
    [a, b] = both.nodes;
  });
  beforeEach(async () => {
    store = await makeStore(a);
  });
  afterAll(() => both.close());

  it('[S1] deliver every change to the displays of both, in order and once', async () => {
    const [kitchen, counter] = store.displays;
    const displays = [await follow(a, kitchen.token), await follow(b, counter.token)];
    for (let i = 0; i < 12; i++) await store.place(i % 3 === 0 ? b : a);
    for (const display of displays) {
      await hasAll(display, 12);
      expect(seqs(display)).toEqual(upTo(12));
    }
    for (const { api } of both.nodes) {
      expect((await api('GET', `/stats?storeId=${store.id}`)).json.orders).toBe(12);
      expect((await api('GET', `/sync?storeId=${store.id}`)).json.head).toBe(12);
    }
  });

  it('[section 10] send every change on the feed of both, in order and once, and end revoked clients', async () => {
    const [kept, revoked] = store.displays;
    const feed = ({ url }: Node, { token }: Device) => connectFeed(url, { token });
    const [onA, onB, lost] = [await feed(a, kept), await feed(b, kept), await feed(b, revoked)];
    for (let i = 0; i < 12; i++) await store.place(i % 3 === 0 ? b : a);
    for (const client of [onA, onB]) {
      await until('everything', () => client.changes().length >= 12, 10_000, 5);
      expect(client.changes().map(({ seq }) => seq)).toEqual(upTo(12));
    }
    await a.api('DELETE', `/devices/${revoked.deviceId}`);
    await until('it is ended', () => lost.closed, 10_000, 5);
    expect([onA.closed, onB.closed]).toEqual([null, null]);
    for (const { ws } of [onA, onB]) ws.terminate();
  });

  it('[S2] answer delta to a display that moves between them', async () => {
    const [{ token }, counter] = store.displays;
    await store.place(b);
    await follow(b, counter.token);
    const client = await follow(a, token);
    for (let i = 0; i < 5; i++) await store.place(a);
    await hasAll(client, 6);
    const { epoch, to, hash } = client.batches.at(-1) ?? { epoch: null, to: 0, hash: null };
    client.close();
    const moved = await connect(b.url, { token });
    expect(await moved.hello({ epoch, cursor: to, hash })).toMatchObject({ mode: 'delta', head: 6 });
  });

  it('[section 3] end the sockets of a device revoked on the other node, and no others', async () => {
    const [kitchen, counter] = store.displays;
    const [lost, kept] = [await follow(b, kitchen.token), await follow(b, counter.token)];
    await a.api('DELETE', `/devices/${kitchen.deviceId}`);
    await until('its socket ends', () => !lost.socket.connected, 10_000, 5);
    both.clock.ahead += 1_000;
    expect((await b.api('GET', '/sync', { token: kitchen.token })).status).toBe(401);
    expect(kept.socket.connected).toBe(true);
    const present = () => b.service.receipts.presence(store.id).displays.map(({ name }) => name);
    await until('it is gone', () => `${present()}` === 'Counter', 10_000, 5);
  });

  it('[section 16] tell displays and admins of both what a store takes, and when a time ends', async () => {
    const [kitchen, counter] = store.displays;
    const admin = await connect(b.url, { token: ADMIN_TOKEN }, { namespace: '/admin' });
    const told: (string | null)[][] = [];
    for (const client of [await follow(a, kitchen.token), await follow(b, counter.token), admin]) {
      const ends: (string | null)[] = [];
      client.socket.on('availability', ({ busyUntil }) => ends.push(busyUntil));
      told.push(ends);
    }
    await admin.ask('subscribe', { storeIds: [store.id] });
    const busyUntil = new Date(Date.now() + 2_500).toISOString();
    const patched = await a.api('PATCH', `/stores/${store.id}/availability`, { body: { busyUntil } });
    expect(patched.status).toBe(200);
    await until('the change', () => told.every((ends) => ends.at(-1) === busyUntil), 10_000, 5);
    await until('its end', () => told.every((ends) => ends.at(-1) === null), 10_000, 5);
    for (const ends of told) expect(ends.slice(-2)).toEqual([busyUntil, null]);
  });

  it('[section 6] send a customer the orders of both, up to the newest version', async () => {
    const { json } = await a.api('POST', `/stores/${store.id}/customer-links`, { body: { ref: 'u-1' } });
    const versions = new Map<string, number[]>();
    const customer = await connect(b.url, { token: json.token }, { namespace: '/customer' });
    customer.socket.on('order', ({ id, version }: PublicOrder) =>
      versions.set(id, [...(versions.get(id) ?? []), version]),
    );
    const placed = [await store.place(a), await store.place(b)].map(({ json: order }) => order.id as string);
    for (const id of placed) await a.api('PATCH', `/orders/${id}`, { body: { note: 'ring the bell' } });
    await until('the newest', () => placed.every((id) => versions.get(id)?.at(-1) === 2), 10_000, 5);
    for (const sent of versions.values()) expect(sent).toEqual([...new Set(sent)].sort());
    await a.api('DELETE', `/orders/${placed[0]}`);
    await until('it is removed', () => customer.heard.includes('order_removed'), 10_000, 5);
  });

  it('[section 9] know the sessions of both, and end their sockets', async () => {
    const { headers } = await a.api('POST', '/session', { token: null, body: { token: ADMIN_TOKEN } });
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await connect(b.url, {}, { namespace: '/admin', extraHeaders: { cookie } });
    expect((await b.api('GET', '/stores', { token: null, headers: { cookie } })).status).toBe(200);
    await a.api('DELETE', '/session', { token: null, headers: { cookie } });
    expect((await b.api('GET', '/stores', { token: null, headers: { cookie } })).status).toBe(401);
    await until('its socket ends', () => !page.socket.connected, 10_000, 5);
  });

  it('[section 6] send an admin the escalations of both', async () => {
    const admin = await connect(b.url, { token: ADMIN_TOKEN }, { namespace: '/admin' });
    const kinds: string[] = [];
    admin.socket.on('escalation', ({ kind }) => kinds.push(kind));
    await admin.ask('subscribe', { storeIds: [store.id] });
    await store.place(a);
    both.clock.ahead += 100_000;
    await a.service.escalate();
    await until('all kinds', () => new Set(kinds).size === 3, 10_000, 5);
    expect(kinds).toHaveLength(3);
  });
});
