import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerJwt } from '#test/support/customer-jwt.ts';
import { connectFeed, type FeedRefused } from '#test/support/feed-client.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { ADMIN_TOKEN, startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { connectStore, type HandshakeRefused } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';
import { type FakeBotApi, startFakeBotApi } from '../testing/fake-bot-api.ts';

const METRICS_TOKEN = 'only-for-the-figures';
const SECRET = 'a-secret-for-customers-0123456789';
const COLUMNS = ['admin', 'manager', 'integration', 'display', 'customer'] as const;
type Role = (typeof COLUMNS)[number];
/** Where the thing stands that a call names. */
const PLACES = ['own', 'other', 'unknown'] as const;
type Place = (typeof PLACES)[number];

const DOCS = readFileSync(join(import.meta.dirname, '../../../docs/security.md'), 'utf8');
const cells = (text = ''): boolean[] => text.split(' | ').map((cell) => cell === 'yes');
/** The tables of docs/security.md: each call and each socket with the roles that may. */
const CALLS = [...DOCS.matchAll(/^\| `([A-Z]+) (\/\S*)` \| (.*) \|$/gm)].map(([, method = '', path = '', may]) => ({
  method,
  path,
  may: cells(may),
}));
const SOCKETS = [...DOCS.matchAll(/^\| `(\/\w+)` \| (.*) \|$/gm)].map(([, path = '', may]) => ({
  path,
  may: cells(may),
}));

/** It is switched off, so nothing is sent. */
const WEBHOOK = { url: 'https://shop.invalid/', disabled: true };
const SOURCE = { kind: 'standard', name: 'Web shop' };
/** Nothing listens there. */
const PRINTER = { name: 'Pass', address: '127.0.0.1:9' };
/** Bodies with which a call succeeds. */
const BODIES: Record<string, unknown> = {
  'POST /stores': { name: 'New', currency: 'GEL', timeZone: 'UTC' },
  'PATCH /stores/:id': { name: 'Renamed' },
  'POST /stores/:id/devices': { name: 'One more', role: 'display' },
  'POST /stores/:id/customer-links': { ref: 'u-1' },
  'PATCH /stores/:id/availability': { open: true },
  'POST /stores/:id/webhooks': WEBHOOK,
  'PATCH /webhooks/:id': { events: ['order_created'] },
  'POST /webhooks/:id/replay': { from: 1 },
  'POST /stores/:id/sources': SOURCE,
  'PATCH /sources/:id': { name: 'Renamed' },
  'POST /sources/:id/try': { layout: 'generic' },
  'POST /stores/:id/telegram-codes': {},
  'PATCH /stores/:id/telegram-chats/:chat': { mode: 'fallback' },
  'POST /stores/:id/printers': PRINTER,
  'PATCH /printers/:id': { name: 'Bar' },
  'PATCH /orders/:id': { note: 'ring the bell' },
  'POST /orders/:id/payment': { status: 'paid' },
  'POST /orders/:id/status': { status: 'preparing' },
  'POST /commands': {
    commands: [{ commandId: randomUUID(), after: null, orderId: 'x', type: 'acknowledge', payload: {} }],
  },
  'POST /commands/known': { ids: [randomUUID()] },
};
/** Calls that take the store as `storeId`. */
const NAMES_STORE = /^(POST \/orders|GET \/(orders|sync|snapshot|stats|sales|feed))$/;

let bot: FakeBotApi;
let server: TestServer;
let store: TestStore;
let other: TestStore;
let manager: string;
let revoked: string;
let tracked: { id: string; token: string };
let tries = 0;
/** The newest printer of each store. */
const printers = new Map<string, string>();

beforeAll(async () => {
  bot = await startFakeBotApi();
  server = await startServer({
    METRICS_TOKEN,
    CUSTOMER_TOKEN_SECRET: SECRET,
    TELEGRAM_BOT_TOKEN: '1:x',
    TELEGRAM_API_ROOT: bot.root,
  });
  store = await server.makeStore();
  other = await server.makeStore();
  manager = (await server.addDevice(store.id, 'manager')).token;
  const stolen = await server.addDevice(store.id, 'manager');
  await server.api('DELETE', `/devices/${stolen.deviceId}`);
  revoked = stolen.token;
  const placed = await place(store, 'u-1');
  tracked = { id: placed.id, token: placed.tracking.token };
});
afterAll(async () => {
  await server.close();
  await bot.close();
});

const place = async ({ integration }: TestStore, ref: string) =>
  (await server.api('POST', '/orders', { token: integration.token, body: orderDraft({ customer: { ref } }) })).json;

/** Somebody who asks, by a token or by the cookie of a page. */
interface Asker {
  name: string;
  role: Role | 'metrics' | null;
  token: string | null;
  cookie?: string;
}
async function everybody(): Promise<Asker[]> {
  const cookieOf = async (token: string) => {
    const { headers } = await server.api('POST', '/session', { token: null, body: { token } });
    return headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  return [
    { name: 'an admin', role: 'admin', token: ADMIN_TOKEN },
    { name: 'the page of an admin', role: 'admin', token: null, cookie: await cookieOf(ADMIN_TOKEN) },
    { name: 'a manager', role: 'manager', token: manager },
    { name: 'the page of a manager', role: 'manager', token: null, cookie: await cookieOf(manager) },
    { name: 'an integration', role: 'integration', token: store.integration.token },
    { name: 'a display', role: 'display', token: store.display.token },
    { name: 'a customer', role: 'customer', token: customerJwt(SECRET, { sub: 'u-1', store: store.id }) },
    { name: 'the holder of a tracking token', role: 'customer', token: tracked.token },
    { name: 'METRICS_TOKEN', role: 'metrics', token: METRICS_TOKEN },
    { name: 'a revoked manager', role: null, token: revoked },
    { name: 'nobody', role: null, token: null },
  ];
}
const headersOf = ({ cookie }: Asker): Record<string, string> => (cookie === undefined ? {} : { cookie });
const shop = (at: Place) => (at === 'own' ? store : other);

/** A store may have only so many. */
async function onlyWebhookOf({ id }: TestStore): Promise<string> {
  const { webhooks } = (await server.api('GET', `/stores/${id}/webhooks`)).json;
  for (const webhook of webhooks) await server.api('DELETE', `/webhooks/${webhook.id}`);
  return (await server.api('POST', `/stores/${id}/webhooks`, { body: WEBHOOK })).json.id;
}

async function onlySourceOf({ id }: TestStore): Promise<string> {
  const { sources } = (await server.api('GET', `/stores/${id}/sources`)).json;
  for (const source of sources) await server.api('DELETE', `/sources/${source.id}`);
  return (await server.api('POST', `/stores/${id}/sources`, { body: SOURCE })).json.id;
}

/** A chat of Telegram that is linked to the store. */
async function chatOf({ id }: TestStore): Promise<string> {
  const chats = async () => (await server.api('GET', `/stores/${id}/telegram-chats`)).json.chats;
  const { code } = (await server.api('POST', `/stores/${id}/telegram-codes`, { body: {} })).json;
  if ((await chats()).length === 0) bot.write({ id: 1 }, `/start ${code}`);
  return until('the chat is linked', async () => (await chats())[0]?.id, 5_000);
}

/** A new printer of the shop, in place of the last new one: a store may have only so many. */
async function newPrinterOf({ id }: TestStore): Promise<string> {
  const last = printers.get(id);
  if (last) await server.api('DELETE', `/printers/${last}`);
  const printer = (await server.api('POST', `/stores/${id}/printers`, { body: PRINTER })).json.id;
  printers.set(id, printer);
  return printer;
}

/** The id that a path or query names: of a new thing, since the call may end it. */
async function idFor(path: string, at: Place, { name }: Asker): Promise<string> {
  if (at === 'unknown') return 'nowhere';
  if (path.startsWith('/devices')) return (await server.addDevice(shop(at).id, 'display')).deviceId;
  if (path.startsWith('/sources')) return onlySourceOf(shop(at));
  if (path.startsWith('/webhooks')) return onlyWebhookOf(shop(at));
  if (path.startsWith('/printers')) return newPrinterOf(shop(at));
  if (path === '/orders/:id/print') BODIES[`POST ${path}`] = { printerId: await newPrinterOf(shop(at)) };
  if (path.startsWith('/orders/')) return (await place(shop(at), 'u-1')).id;
  if (!path.startsWith('/customer')) return shop(at).id;
  if (at === 'own' && name.includes('tracking')) return tracked.id;
  return (await place(store, at === 'own' ? 'u-1' : 'u-2')).id;
}

/** The status of the answer; 101 when the feed opens. */
async function ask(
  { method, path }: { method: string; path: string },
  asker: Asker,
  id: string,
  at: Place,
): Promise<number> {
  const call = `${method} ${path}`;
  const named = NAMES_STORE.test(call) ? { storeId: id } : undefined;
  const { token } = asker;
  if (path === '/feed')
    return connectFeed(server.url, { token, headers: headersOf(asker), query: { storeId: id } }).then(
      ({ ws }) => {
        ws.terminate();
        return 101;
      },
      (refusal: FeedRefused) => refusal.status,
    );
  const query = named && method === 'GET' ? `?${new URLSearchParams(named)}` : '';
  const body = call === 'POST /orders' ? { ...orderDraft(), ...named } : BODIES[call];
  const asked =
    call === 'POST /session' ? { token: null, body: { token } } : { token, body, headers: headersOf(asker) };
  const chat = !path.includes(':chat') || at === 'unknown' ? 'nowhere' : await chatOf(shop(at));
  return (await server.api(method, path.replace(':id', id).replace(':chat', chat) + query, asked)).status;
}

/** The role is judged first (403), then the store (404); an admin reaches every store. */
function expected(may: boolean, role: Asker['role'], at: Place): number {
  if (role === null) return 401;
  if (!may) return 403;
  return at === 'own' || (at === 'other' && role === 'admin') ? 200 : 404;
}

describe('[section 3] who may call what', () => {
  for (const row of CALLS)
    it(`${row.method} ${row.path}`, async () => {
      const call = `${row.method} ${row.path}`;
      const places = row.path.includes(':id') || NAMES_STORE.test(call) ? PLACES : PLACES.slice(0, 1);
      for (const asker of await everybody())
        for (const at of places) {
          // A page signs in by a token; nobody's is a wrong request.
          if (call === 'POST /session' && asker.token === null) continue;
          const may =
            asker.role === 'metrics' ? row.path === '/metrics' : row.may[COLUMNS.indexOf(asker.role as Role)] === true;
          const status = await ask(row, asker, await idFor(row.path, at, asker), at);
          const wanted = expected(may, asker.role, at);
          const isRight = wanted === 200 ? status < 300 : status === wanted;
          expect(isRight, `${asker.name}, ${at}: ${status}, not ${wanted}`).toBe(true);
          tries += 1;
        }
    }, 60_000);

  it('the table names every call that needs a token, and each role', async () => {
    const { json } = await server.api('GET', '/openapi.json', { token: null });
    const described = Object.entries(json.paths as Record<string, Record<string, { security: object[] }>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods)
          .filter(([, { security }]) => security.length > 0)
          .map(
            ([method]) =>
              `${method.toUpperCase()} ${path.replace('/api/v1', '').replace('{id}', ':id').replace('{chat}', ':chat')}`,
          ),
    );
    const named = CALLS.map(({ method, path }) => `${method} ${path}`);
    expect(named.sort()).toEqual([...described, 'GET /feed', 'POST /session'].sort());
    for (const { path, may } of [...CALLS, ...SOCKETS]) expect(may, path).toHaveLength(COLUMNS.length);
  });
});

describe('[section 3] who may join which socket', () => {
  const join = ({ token, ...asker }: Asker, namespace: string) =>
    connectStore(server.url, token === null ? {} : { token }, {
      namespace,
      extraHeaders: headersOf({ token, ...asker }),
    });

  for (const { path, may } of SOCKETS)
    it(path, async () => {
      for (const asker of await everybody()) {
        const outcome = await join(asker, path).then(
          (client) => {
            client.close();
            return 'connected';
          },
          ({ code }: HandshakeRefused) => code,
        );
        const isAllowed = asker.role !== 'metrics' && may[COLUMNS.indexOf(asker.role as Role)];
        expect(outcome, asker.name).toBe(isAllowed ? 'connected' : 'unauthorized');
        tries += 1;
      }
    });

  it('on /admin, an admin follows and commands every store, a manager its own', async () => {
    for (const asker of (await everybody()).filter(({ role }) => role === 'admin' || role === 'manager')) {
      const client = await join(asker, '/admin');
      for (const at of PLACES) {
        const storeId = at === 'unknown' ? 'nowhere' : shop(at).id;
        const orderId = at === 'unknown' ? tracked.id : (await place(shop(at), 'u-1')).id;
        const order = { storeId, orderId, type: 'set_priority', payload: { priority: true } };
        const followed = (await client.ask('subscribe', { storeIds: [storeId] })) as { error?: { code: string } };
        const commanded = (await client.ask('command', order)) as {
          error?: { code: string };
          outcome?: string;
          code?: string;
        };
        const reaches = expected(true, asker.role, at) === 200;
        expect(followed.error?.code, `${asker.name} follows ${at}`).toBe(reaches ? undefined : 'not_found');
        const outcome = commanded.error?.code ?? commanded.code ?? commanded.outcome;
        expect(outcome, `${asker.name} commands ${at}`).toBe(reaches ? 'applied' : 'not_found');
        tries += 2;
      }
      client.close();
    }
  });
});

it('docs/security.md says how many combinations are tried', () => {
  expect(/(\d+) combinations/.exec(DOCS)?.[1]).toBe(String(tries));
});
