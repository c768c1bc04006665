import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ErrorBody } from '#contract/errors.ts';
import { OrderDraft } from '#contract/order.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

let server: TestServer;
let store: TestStore;
let other: TestStore;
let orderId: string;
let revoked: string;
beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
  other = await server.makeStore();
  orderId = (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft() })).json.id;
  const body = { name: 'Stolen', role: 'display' };
  const stolen = (await server.api('POST', `/stores/${store.id}/devices`, { body })).json;
  await server.api('DELETE', `/devices/${stolen.deviceId}`);
  revoked = stolen.token;
});
afterAll(() => server.close());

const LEAKS = /node_modules|\.[cm]?[jt]s:\d+|\/server\/src|SQLITE_|syntax error|constraint failed|select .* from/i;
const heads = async () => [await server.service.log.head(store.id), await server.service.log.head(other.id)];

/** Values that have broken servers before. */
const junk = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1.5,
    1e308,
    2 ** 53,
    '',
    ' ',
    '\u0000',
    '\ud800',
    'x'.repeat(5000),
    '𝕏'.repeat(300),
    [],
    {},
    [[]],
    '../../etc/passwd',
    "'; drop table orders;--",
    '<script>',
    { $gt: '' },
    '9'.repeat(400),
    '2026-02-30T00:00:00Z',
  ),
);
const FIELDS = [...Object.keys(OrderDraft.shape), 'id', 'version', 'seq', '__proto__', 'constructor', 'toString'];
const INNER = [
  'items.0.name',
  'items.0.quantity',
  'items.0.id',
  'items.0.modifiers',
  'items.0.course',
  'items.0.zzz',
  'customer.name',
  'customer.phone',
  'payment.status',
  'payment.method',
  'items.0',
];

/** A valid order, possibly with one to three invalid fields. */
const body = fc
  .array(fc.tuple(fc.constantFrom(...FIELDS, ...INNER), junk), { maxLength: 3 })
  .map((changes) => changes.reduce((draft, [path, value]) => withValue(draft, path, value), orderDraft() as object));

function withValue(draft: object, path: string, value: unknown): object {
  const copy = structuredClone(draft);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at: unknown = copy;
  for (const step of steps) at = (at as Record<string, unknown> | null | undefined)?.[step];
  if (at !== null && typeof at === 'object')
    Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

it('[section 5] POST /orders accepts what the contract’s schema accepts, and stores nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(body, async (draft) => {
      const raw = JSON.stringify(draft);
      const before = await heads();
      const { status, json, text } = await server.api('POST', '/orders', { token: store.integration.token, raw });
      const judged = OrderDraft.safeParse(JSON.parse(raw));
      const own = !judged.success || judged.data.storeId === undefined || judged.data.storeId === store.id;
      const poisoned = /"(__proto__|constructor)"\s*:/.test(raw);
      if (judged.success && own && !poisoned) expect([200, 201], text).toContain(status);
      else {
        expect([400, 404, 413], text).toContain(status);
        ErrorBody.parse(json);
        expect(await heads()).toEqual(before);
      }
      expect(text).not.toMatch(LEAKS);
    }),
    { numRuns: 300 },
  );
});

const id = fc.oneof(
  fc.constantFrom('own order', 'store', 'other store', 'nobody'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }).filter((s) => s.isWellFormed()),
);
const path = fc.tuple(
  fc.constantFrom(
    '/orders',
    '/orders/:id',
    '/orders/:id/status',
    '/orders/:id/payment',
    '/orders/:id/history',
    '/stores/:id',
    '/stores',
    '/stores/:id/devices',
    '/stores/:id/availability',
    '/stores/:id/pairing-codes',
    '/pair',
    '/sync',
    '/snapshot',
    '/commands',
    '/stats',
    '/sales',
    '/feed',
    '/devices/:id',
    '/devices/:id/rotate',
    '/session',
    '/customer/orders',
    '/customer/orders/:id/cancel',
    '/stores/:id/customer-links',
    '/stores/:id/webhooks',
    '/webhooks/:id',
    '/webhooks/:id/deliveries',
    '/webhooks/:id/test',
    '/webhooks/:id/replay',
    '/webhooks/:id/rotate',
    '/stores/:id/sources',
    '/sources/:id',
    '/sources/:id/log',
    '/sources/:id/pull',
    '/sources/:id/jobs',
    '/sources/:id/try',
    '/hooks/:id',
    '/stores/:id/telegram-codes',
    '/stores/:id/telegram-chats',
    '/stores/:id/telegram-chats/:id',
    '/stores/:id/printers',
    '/printers/:id',
    '/printers/:id/test',
    '/orders/:id/print',
    '/:id',
    '//:id',
    '//track/:id',
  ),
  id,
);
const query = fc.dictionary(
  fc.constantFrom(
    'limit',
    'status',
    'q',
    'from',
    'to',
    'before',
    'cursor',
    'epoch',
    'hash',
    'storeId',
    'since',
    'zzz',
    '__proto__',
  ),
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }).filter((s) => s.isWellFormed()),
    fc.integer().map(String),
  ),
  { maxKeys: 3 },
);
const printable = fc.string({ unit: 'grapheme-ascii', maxLength: 30 });
const headers = fc.dictionary(
  fc.constantFrom('if-match', 'idempotency-key', 'x-request-id', 'accept', 'origin', 'cookie'),
  printable,
  {
    maxKeys: 2,
  },
);
const raw = fc.oneof(
  body.map((draft) => JSON.stringify(draft)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('{', '[', '"', 'nul', '', `${'[['.repeat(3000)}${']]'.repeat(3000)}`, 'x'.repeat(200_000)),
  fc.array(junk, { maxLength: 60 }).map((commands) => JSON.stringify({ commands })),
  fc.record({ status: junk, reason: junk }).map((value) => JSON.stringify(value)),
);
const who = fc.constantFrom('none', 'nonsense', 'revoked', 'display', 'other display', 'other integration');

it('[section 5] any invalid request gets the contract’s error and stores nothing', async () => {
  const tokens: Record<string, string | null> = {
    none: null,
    nonsense: 'x'.repeat(43),
    revoked,
    display: store.display.token,
    'other display': other.display.token,
    'other integration': other.integration.token,
  };
  const ids: Record<string, string> = { 'own order': orderId, store: store.id, 'other store': other.id };
  const order = (await server.api('GET', `/orders/${orderId}`)).json;
  const method = fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS');
  await fc.assert(
    fc.asyncProperty(method, path, query, headers, raw, who, async (verb, [template, name], asked, extra, text, by) => {
      const address = template.replace(':id', encodeURIComponent(ids[name] ?? name));
      const token = tokens[by] ?? null;
      const sends = verb !== 'GET' && !(by === 'other integration' && verb === 'POST' && template === '/orders');
      const answer = await server.api(verb, `${address}?${new URLSearchParams(asked)}`, {
        token,
        headers: extra,
        ...(sends ? { raw: text } : {}),
      });
      expect(answer.status, answer.text).toBeLessThan(500);
      if (answer.status >= 400) expect(ErrorBody.parse(answer.json).error.requestId).toBeTruthy();
      else {
        const isOwn = by === 'display' ? name === 'store' : by === 'other display' && name === 'other store';
        const mayPatch = isOwn && template === '/stores/:id/availability';
        expect(mayPatch ? ['GET', 'PATCH'] : ['GET'], `${by} may not ${verb} ${address}`).toContain(verb);
        if (token === tokens.none || by === 'nonsense' || by === 'revoked') expect(template).toMatch(/^\/\/?:id$/);
        if (by.startsWith('other')) expect(answer.text).not.toContain(orderId);
      }
      expect(answer.text).not.toMatch(LEAKS);
    }),
    { numRuns: 600 },
  );
  expect((await server.api('GET', `/orders/${orderId}`)).json).toEqual(order);
  expect(await server.service.log.head(other.id)).toMatchObject({ head: 0 });
  expect((await server.api('GET', '//ready', { token: null })).status).toBe(200);
});

it('[section 6] the biggest accepted order fits a message', async () => {
  const name = 'ა';
  const items = (modifiers: number) =>
    Array.from({ length: 200 }, () => ({
      name,
      quantity: 1,
      modifiers: Array.from({ length: modifiers }, () => ({ name })),
    }));
  for (const modifiers of [5, 20, 40]) {
    const draft = orderDraft({ items: items(modifiers) });
    const { status, json, text } = await server.api('POST', '/orders', { token: store.integration.token, body: draft });
    expect([201, 413], text).toContain(status);
    if (status === 413) expect(json.error.code).toBe('too_large');
    else expect(Buffer.byteLength(text)).toBeLessThan(192 * 1024);
  }
});
