import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Snapshot, SyncAnswer } from '#contract/sync.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  store = await server.makeStore();
});
afterAll(() => server.close());

const place = async (count = 1) => {
  const ids: string[] = [];
  for (let i = 0; i < count; i++)
    ids.push((await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft() })).json.id);
  return ids;
};
const asDisplay = (path: string) => server.api('GET', path, { token: store.display.token });
const sync = async (query: string) => (await asDisplay(`/sync?${query}`)).json;
const send = (commands: unknown) => server.api('POST', '/commands', { token: store.display.token, body: { commands } });
const command = (orderId: string, over: object = {}) => ({
  commandId: randomUUID(),
  orderId,
  type: 'set_status',
  payload: { from: 'pending', to: 'preparing' },
  baseVersion: 1,
  issuedAt: new Date().toISOString(),
  ...over,
});

describe('[S2] GET /sync', () => {
  it('answers snapshot the first time, then delta from it', async () => {
    await place(2);
    const first = await sync('');
    expect(first).toMatchObject({ mode: 'snapshot', reason: 'epoch', head: 2, known: true });
    const snapshot = (await asDisplay('/snapshot')).json;
    await place(1);
    const next = await sync(`epoch=${snapshot.epoch}&cursor=${snapshot.seq}&hash=${snapshot.hash}`);
    expect(SyncAnswer.parse(next)).toMatchObject({ mode: 'delta', from: 2, to: 3, head: 3 });
    expect(next.changes.map((c: { seq: number }) => c.seq)).toEqual([3]);
  });

  it('gives epoch, future or hash as the reason if the position is not in this log', async () => {
    await place(1);
    const { epoch } = await sync('');
    expect((await sync('epoch=0000&cursor=1&hash=x')).reason).toBe('epoch');
    expect((await sync(`epoch=${epoch}&cursor=9&hash=x`)).reason).toBe('future');
    expect((await sync(`epoch=${epoch}&cursor=1&hash=0000000000000000`)).reason).toBe('hash');
    expect((await sync(`epoch=${epoch}&cursor=1`)).reason).toBe('hash');
    expect((await sync(`epoch=${epoch}&cursor=0`)).mode).toBe('delta');
  });

  it('answers 200 changes by default, 500 at most', async () => {
    await place(210);
    const { epoch } = await sync('');
    expect((await sync(`epoch=${epoch}&cursor=0`)).changes).toHaveLength(200);
    expect((await sync(`epoch=${epoch}&cursor=0&limit=500`)).changes).toHaveLength(210);
    expect((await sync(`epoch=${epoch}&cursor=0&limit=7`)).to).toBe(7);
  });

  it.each([
    'cursor=-1',
    'cursor=abc',
    'cursor=1.5',
    'cursor=1e3',
    'cursor=99999999999999999',
    'limit=501',
    'limit=0',
    'since=1',
    'answered=x',
  ])('refuses ?%s', async (query) => {
    const { status, json } = await asDisplay(`/sync?epoch=x&${query}`);
    expect([status, json.error.code]).toEqual([400, 'invalid_request']);
  });

  it('requires an admin to name the store', async () => {
    const { json } = await server.api('GET', `/sync?storeId=${store.id}`);
    expect(SyncAnswer.parse(json)).toMatchObject({ mode: 'snapshot', known: true });
  });
});

describe('[S4] GET /snapshot', () => {
  it('returns every open order at one seq', async () => {
    const ids = await place(3);
    const { json } = await asDisplay('/snapshot');
    expect(Snapshot.parse(json)).toMatchObject({ seq: 3 });
    expect(json.orders.map((o: { id: string }) => o.id).sort()).toEqual([...ids].sort());
    const { json: asAdmin } = await server.api('GET', `/snapshot?storeId=${store.id}`);
    expect(asAdmin.orders).toHaveLength(3);
  });

  it('is compressed', async () => {
    await place(20);
    const [encoding, body] = await new Promise<[string | undefined, Buffer]>((resolve, reject) => {
      const headers = { authorization: `Bearer ${store.display.token}`, 'accept-encoding': 'gzip' };
      get(`${server.url}/api/v1/snapshot`, { headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => resolve([response.headers['content-encoding'], Buffer.concat(parts)]));
      }).on('error', reject);
    });
    expect(encoding).toBe('gzip');
    const whole = gunzipSync(body);
    expect(JSON.parse(whole.toString()).orders).toHaveLength(20);
    expect(body.length).toBeLessThan(whole.length / 3);
  });
});

describe('[C2] POST /commands', () => {
  it('returns the stored answer for a repeated command', async () => {
    const [id = ''] = await place();
    const intent = command(id);
    const { commandId } = intent;
    const first = (await send([intent])).json;
    expect(first.results).toMatchObject([{ commandId, outcome: 'applied' }]);
    expect((await send([intent])).json.results).toMatchObject([{ commandId, outcome: 'applied', replayed: true }]);
  });

  it('[C3] names an unknown predecessor', async () => {
    const [id = ''] = await place();
    const after = randomUUID();
    expect((await send([command(id, { after })])).json).toMatchObject({ results: [], expected: after });
  });

  it('[C3] reports with /sync and /commands/known which commands are in the ledger', async () => {
    const [id = ''] = await place();
    const [done, never] = [command(id), command(id)];
    await send([done]);
    expect((await sync(`answered=${done.commandId}`)).known).toBe(true);
    expect((await sync(`answered=${never.commandId}`)).known).toBe(false);
    const ask = (body: object) => server.api('POST', '/commands/known', { token: store.display.token, body });
    const ids = [never.commandId, done.commandId];
    expect((await ask({ ids })).json).toEqual({ known: [done.commandId] });
    for (const wrong of [[], ['x'], Array.from({ length: 501 }, () => randomUUID()), 'x'])
      expect((await ask({ ids: wrong })).status).toBe(400);
  });

  it('[C4] consumes an invalid command, which does not block others', async () => {
    const [id = ''] = await place();
    const { json } = await send([command(id, { type: 'explode' }), command(id)]);
    expect(json.results.map((r: { outcome: string; code?: string }) => r.code ?? r.outcome)).toEqual([
      'invalid',
      'applied',
    ]);
  });

  it('refuses a whole batch that cannot be answered', async () => {
    const [id = ''] = await place();
    for (const batch of [
      [],
      null,
      'x',
      {},
      Array.from({ length: 51 }, () => command(id)),
      [{ after: null }],
      [command(id), null],
    ])
      expect((await send(batch)).status, JSON.stringify(batch)?.slice(0, 40)).toBe(400);
    expect((await sync('')).head).toBe(1);
  });
});
