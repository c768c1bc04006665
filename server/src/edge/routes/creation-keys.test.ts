import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
});
afterAll(() => server.close());

const KINDS = [
  {
    kind: 'printers',
    body: { name: 'Pass', address: '192.0.2.1:9100' },
    other: { name: 'Bar', address: '192.0.2.2:9100' },
  },
  { kind: 'webhooks', body: { url: 'https://hooks.example.com/1' }, other: { url: 'https://hooks.example.com/2' } },
  { kind: 'sources', body: { kind: 'standard', name: 'Web' }, other: { kind: 'standard', name: 'App' } },
  { kind: 'devices', body: { name: 'Till', role: 'integration' }, other: { name: 'Till', role: 'display' } },
  {
    kind: 'stores',
    body: { id: 'keyed', name: 'Keyed', currency: 'GEL', timeZone: 'UTC' },
    other: { name: 'Other', currency: 'GEL', timeZone: 'UTC' },
  },
] as const;
type Kind = (typeof KINDS)[number]['kind'];

const pathOf = (kind: Kind): string => (kind === 'stores' ? '/stores' : `/stores/${store.id}/${kind}`);
const post = (kind: Kind, body: object, key: string) =>
  server.api('POST', pathOf(kind), { body, headers: { 'idempotency-key': key } });
const count = async (kind: Kind): Promise<number> => (await server.api('GET', pathOf(kind))).json[kind].length;
const idOf = ({ json }: { json: { id?: string; deviceId?: string } }) => json.id ?? json.deviceId;

it.each(KINDS)('a repeat with the same Idempotency-Key makes no second one of $kind', async ({ kind, body, other }) => {
  const before = await count(kind);
  const key = randomUUID();
  const [first, repeat] = [await post(kind, body, key), await post(kind, body, key)];
  expect([first.status, repeat.status]).toEqual([201, 201]);
  expect([idOf(repeat), typeof idOf(first)]).toEqual([idOf(first), 'string']);
  const another = await post(kind, other, key);
  expect([another.status, another.json.error.code]).toEqual([422, 'invalid_request']);
  expect(await count(kind)).toBe(before + 1);
  expect((await post(kind, other, randomUUID())).status).toBe(201);
  expect(await count(kind)).toBe(before + 2);
});

it.each(['printers', 'webhooks', 'sources', 'devices'] as const)(
  'a repeat makes none of %s again that was deleted',
  async (kind) => {
    const { body } = KINDS.find((one) => one.kind === kind) as (typeof KINDS)[number];
    const key = randomUUID();
    const id = idOf(await post(kind, body, key));
    expect((await server.api('DELETE', `/${kind}/${id}`)).status).toBe(204);
    const before = await count(kind);
    const repeat = await post(kind, body, key);
    expect([repeat.status, repeat.json.error.code]).toEqual([409, 'conflict']);
    expect(await count(kind)).toBe(before);
  },
);

it('a repeat gets the device another token, and none once one of them is used', async () => {
  const key = randomUUID();
  const make = () => post('devices', { name: 'Web shop', role: 'integration' }, key);
  const [first, second] = [(await make()).json, (await make()).json];
  expect(second.token).not.toBe(first.token);
  expect((await server.api('GET', '/stores', { token: second.token })).status).toBe(200);
  const late = await make();
  expect([late.status, late.json.error.code]).toEqual([409, 'conflict']);
  expect(late.json.error.message).toContain(first.deviceId);
  for (const { token } of [first, second]) expect((await server.api('GET', '/stores', { token })).status).toBe(200);
});

it('a repeat gets the secret of a webhook until that is replaced', async () => {
  const key = randomUUID();
  const make = () => post('webhooks', { url: 'https://hooks.example.com/3' }, key);
  const { id, secret } = (await make()).json;
  expect((await make()).json).toMatchObject({ id, secret });
  await server.api('POST', `/webhooks/${id}/rotate`);
  const late = await make();
  expect([late.status, late.json.error.code]).toEqual([409, 'conflict']);
});

it('a repeat gets the secret of a source that was made here', async () => {
  const key = randomUUID();
  const make = () => post('sources', { kind: 'standard', name: 'Till' }, key);
  const first = (await make()).json;
  expect(first.secret).toMatch(/^whsec_/);
  expect((await make()).json).toEqual(first);
});

it.each(KINDS)('names a wrong Idempotency-Key for $kind, and makes nothing', async ({ kind, body }) => {
  const before = await count(kind);
  const { status, json } = await post(kind, body, 'two words');
  expect([status, json.error.details[0].path]).toEqual([400, 'idempotency-key']);
  expect(await count(kind)).toBe(before);
});

it('a display that repeats its pairing code with the same Idempotency-Key pairs as the same device', async () => {
  const { code } = (await server.api('POST', `/stores/${store.id}/pairing-codes`)).json;
  const pair = (headers: Record<string, string>) =>
    server.api('POST', '/pair', { token: null, body: { code, deviceName: 'Tablet' }, headers });
  const key = { 'idempotency-key': randomUUID() };
  const [first, repeat] = [await pair(key), await pair(key)];
  expect([first.status, repeat.status, repeat.json.deviceId]).toEqual([201, 201, first.json.deviceId]);
  expect((await server.api('GET', '/orders', { token: repeat.json.token })).status).toBe(200);
  expect([(await pair({})).status, (await pair({ 'idempotency-key': randomUUID() })).status]).toEqual([404, 404]);
});
