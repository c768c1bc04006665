import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { signedHeaders } from '../../webhooks/sign.ts';

let server: TestServer;
let store: TestStore;
let source: { id: string; secret: string; eventsUrl: string };
let last = 0;

beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
  source = (await server.api('POST', `/stores/${store.id}/sources`, { body: { kind: 'standard', name: 'Web shop' } }))
    .json;
});
afterAll(() => server.close());

interface Message {
  id?: string;
  at?: number;
  secret?: string;
}
async function send(order: object, { id = `m-${++last}`, at = Date.now(), secret = source.secret }: Message = {}) {
  const body = JSON.stringify(order);
  const headers = { 'content-type': 'application/json', ...signedHeaders(id, body, [secret], at) };
  const response = await fetch(source.eventsUrl, { method: 'POST', headers, body });
  return { status: response.status, json: (await response.json()) as { error?: { details?: unknown[] } } };
}
const orders = async () =>
  (await server.api('GET', `/orders?storeId=${store.id}&limit=200`)).json.orders as Record<string, unknown>[];
const find = async (externalId: string) => (await orders()).filter((order) => order.externalId === externalId);
const entries = async () => (await server.api('GET', `/sources/${source.id}/log`)).json.entries;

describe('[section 12] a source', () => {
  it('is made with an absolute eventsUrl, and shows its secret once', async () => {
    expect(source.secret).toMatch(/^whsec_/);
    expect(source.eventsUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1\/hooks\//);
    const seen = (await server.api('GET', `/sources/${source.id}`)).json;
    expect(seen).toMatchObject({ kind: 'standard', name: 'Web shop', enabled: true, settings: {}, problem: null });
    expect(JSON.stringify(seen)).not.toContain('whsec_');
  });

  it.each([
    [{ kind: 'standard', name: 'x', settings: { url: 'y' } }, 'settings.url'],
    [{ kind: 'standard', name: 'x', secret: { key: 'y' } }, 'secret'],
    [{ kind: 'standard', name: 'x', settings: { pollSeconds: 60 } }, 'settings.pollSeconds'],
    [{ kind: 'standard', name: 'x', settings: { baseUrl: 'ftp://x' } }, 'settings.baseUrl'],
  ])('with %j is refused, naming the field', async (body, path) => {
    const { status, json } = await server.api('POST', `/stores/${store.id}/sources`, { body });
    expect(status).toBe(400);
    expect(json.error.details[0].path).toBe(path);
  });

  it('is changed, and deleted while its orders stay', async () => {
    const made = (await server.api('POST', `/stores/${store.id}/sources`, { body: { kind: 'standard', name: 'Old' } }))
      .json;
    const changed = (await server.api('PATCH', `/sources/${made.id}`, { body: { name: 'New', enabled: false } })).json;
    expect(changed).toMatchObject({ name: 'New', enabled: false, eventsUrl: made.eventsUrl });
    expect((await server.api('DELETE', `/sources/${made.id}`)).status).toBe(204);
    expect((await server.api('GET', `/sources/${made.id}`)).status).toBe(404);
  });
});

describe('[section 16] standard', () => {
  it('takes a signed order once, however often it comes', async () => {
    const draft = orderDraft({ externalId: 'A-1' });
    for (const id of ['a', 'a', 'b']) expect((await send(draft, { id })).status).toBe(200);
    const found = await find('standard:A-1');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ source: 'Web shop', status: 'pending' });
    expect((await entries())[0]).toMatchObject({ what: 'order', externalId: 'standard:A-1', outcome: 'taken' });
  });

  it('takes equal orders that come at the same time once', async () => {
    const draft = orderDraft({ externalId: 'A-2' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(draft)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(await find('standard:A-2')).toHaveLength(1);
  });

  it('follows what the shop changed, and drops an older state that comes late', async () => {
    const now = Date.now();
    const first = orderDraft({ externalId: 'A-3', note: 'one' });
    await send(first, { at: now - 60_000 });
    await send({ ...first, note: 'two' }, { at: now });
    await send(first, { at: now - 30_000 });
    expect((await find('standard:A-3'))[0]).toMatchObject({ note: 'two', status: 'pending', version: 2 });
  });

  it('walks to the status that the shop names, and cancels', async () => {
    const first = orderDraft({ externalId: 'A-4' });
    await send(first);
    await send({ ...first, status: 'ready' });
    expect((await find('standard:A-4'))[0]).toMatchObject({ status: 'ready' });
    await send({ ...first, status: 'cancelled' });
    expect((await find('standard:A-4'))[0]).toMatchObject({ status: 'cancelled', reason: 'Cancelled in Web shop' });
  });

  it.each([
    ['a wrong secret', { secret: `whsec_${'A'.repeat(43)}=` }],
    ['a timestamp of 6 minutes ago', { at: Date.now() - 6 * 60_000 }],
  ])('with %s is 401, and nothing is stored', async (_what, message) => {
    expect((await send(orderDraft({ externalId: 'A-5' }), message)).status).toBe(401);
    expect(await find('standard:A-5')).toEqual([]);
  });

  it('with a field that is wrong is 400, and the field is named', async () => {
    const { status, json } = await send({ ...orderDraft(), currency: 'lari' });
    expect(status).toBe(400);
    expect(json.error?.details).toEqual([expect.objectContaining({ path: 'currency' })]);
  });

  it('that is switched off takes nothing', async () => {
    await server.api('PATCH', `/sources/${source.id}`, { body: { enabled: false } });
    expect((await send(orderDraft({ externalId: 'A-6' }))).status).toBe(404);
    await server.api('PATCH', `/sources/${source.id}`, { body: { enabled: true } });
    expect((await send(orderDraft({ externalId: 'A-6' }))).status).toBe(200);
  });
});
