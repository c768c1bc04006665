import assert from 'node:assert/strict';
import { z } from 'zod';
import { eachRow, group } from '../support/check.ts';
import { type Answer, client } from '../support/client.ts';
import { bodyOf, refusalOf, statusIs } from '../support/expect.ts';
import { openShop } from '../support/shop.ts';
import { launcherOf, limitedServer, RATE_LIMIT, Skip } from '../support/subject.ts';

const OPEN_ROUTES_A_MINUTE = 60;

const WRONG_SETTINGS: [name: string, value: string | undefined, says: string][] = [
  ['ADMIN_TOKEN', undefined, 'is missing'],
  ['ADMIN_TOKEN', 'x'.repeat(23), 'has 23 characters'],
  ['PORT', 'http', 'is no number'],
  ['PORT', '70000', 'is no port'],
  ['DATABASE_URL', 'mysql://localhost/orders', 'is of another kind'],
  ['RATE_LIMIT', '-1', 'is negative'],
];

/** "A wrong or missing setting stops the start with one sentence that names it" (contract, section 2). */
export const settings = group(
  'settings',
  eachRow(WRONG_SETTINGS, ([name, value, says]) => [
    `[2] when ${name} ${says}, the server does not start, and says so in one sentence`,
    async (shop) => {
      const { code, output } = await launcherOf(shop).refuse({ [name]: value });
      assert.ok(code !== null && code !== 0, `it ended with ${code}: ${output}`);
      const lines = output.trim().split('\n');
      assert.deepEqual([lines.length, output.includes(name)], [1, true], output);
    },
  ]),
);

export const health = group('health', {
  '[2] /health and /ready are 200 at the root, open, and say nothing secret': async (shop) => {
    for (const path of ['//health', '//ready']) {
      const answer = await shop.nobody.get(path);
      statusIs(answer, 200);
      for (const secret of [shop.adminToken, shop.metricsToken, shop.customerSecret])
        assert.ok(!secret || !answer.text.includes(secret));
      assert.doesNotMatch(answer.text, /file:|postgres:|redis:|\/(home|root|usr|var|tmp)\/|\.db\b/);
    }
  },
  '[2] CORS_ORIGINS, and no other origin, may read answers in a browser': async ({ admin, corsOrigin }) => {
    if (!corsOrigin) throw new Skip('needs --cors-origin');
    const allowedFor = async (origin: string) =>
      (await admin.get('/stores', { origin })).headers.get('access-control-allow-origin');
    assert.equal(await allowedFor(corsOrigin), corsOrigin);
    const other = await allowedFor('https://evil.example');
    assert.ok(other !== '*' && other !== 'https://evil.example', `allowed: ${other}`);
  },
});

export const metrics = group('metrics', {
  '[5] /metrics is Prometheus text': async ({ admin }) => {
    const answer = await admin.get('/metrics');
    statusIs(answer, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain|^application\/openmetrics-text/);
    assert.match(answer.text, /^# TYPE \w+ (counter|gauge|histogram|summary)$/m);
  },
  '[2] METRICS_TOKEN reads /metrics and nothing else': async (shop) => {
    if (!shop.metricsToken) throw new Skip('needs --metrics-token');
    const reader = shop.as(shop.metricsToken);
    statusIs(await reader.get('/metrics'), 200);
    const store = `/stores/${shop.id}`;
    for (const path of ['/orders', '/snapshot', '/stores', store, `${store}/devices`, '/stats'])
      statusIs(await reader.get(path), 401, 403);
    statusIs(await reader.post('/stores', { name: 'x', currency: 'GEL', timeZone: 'UTC' }), 401, 403);
  },
});

/** Every call of section 5, and those of sections 9 and 11 to 14. */
const CALLS = `
  POST /stores, GET /stores, GET /stores/:, PATCH /stores/:, POST /stores/:/devices, GET /stores/:/devices,
  DELETE /devices/:, POST /stores/:/pairing-codes, POST /pair, POST /orders, GET /orders, GET /orders/:,
  PATCH /orders/:, DELETE /orders/:, POST /orders/:/status, POST /orders/:/payment, GET /orders/:/history,
  GET /sync, GET /snapshot, POST /commands, POST /commands/known, GET /stats, POST /devices/:/rotate, GET /metrics,
  POST /session, DELETE /session, GET /customer/orders, POST /customer/orders/:/cancel, POST /stores/:/customer-links,
  POST /stores/:/webhooks, GET /stores/:/webhooks, GET /webhooks/:, PATCH /webhooks/:, DELETE /webhooks/:,
  GET /webhooks/:/deliveries, POST /webhooks/:/test, POST /webhooks/:/replay, POST /webhooks/:/rotate,
  POST /stores/:/sources, GET /stores/:/sources, GET /sources/:, PATCH /sources/:, DELETE /sources/:, GET /sources/:/log,
  POST /sources/:/pull,
  POST /stores/:/telegram-codes, GET /stores/:/telegram-chats, PATCH /stores/:/telegram-chats/:,
  DELETE /stores/:/telegram-chats/:,
  POST /stores/:/printers, GET /stores/:/printers, GET /printers/:, PATCH /printers/:, DELETE /printers/:,
  POST /printers/:/test, POST /orders/:/print`
  .split(',')
  .map((call) => call.trim());

const OpenApi = z.object({
  openapi: z.string().regex(/^3\./),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

export const openapi = group('openapi', {
  '[5] /openapi.json is open and describes every call': async (shop) => {
    const { paths } = bodyOf(await shop.nobody.get('/openapi.json'), 200, OpenApi);
    const described = Object.entries(paths).flatMap(([path, methods]) => {
      const plain = path.replace(/^\/api\/v1/, '').replace(/\{[^}]+\}/g, ':');
      return Object.keys(methods).map((method) => `${method.toUpperCase()} ${plain}`);
    });
    const missing = CALLS.filter((call) => !described.includes(call));
    assert.deepEqual(missing, []);
  },
  '[5] /docs is open, and a page': async (shop) => {
    const answer = await shop.nobody.get('/docs');
    statusIs(answer, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  },
});

async function inARow(times: number, send: () => Promise<Answer>): Promise<Answer[]> {
  const answers = [];
  for (let i = 0; i < times; i++) answers.push(await send());
  return answers;
}

/** Asserts that the first `free` succeed, and that some of the rest are refused, each with `Retry-After`. */
function areLimited(answers: Answer[], free: number): void {
  const refused = answers.map(({ status }) => status === 429);
  assert.ok(!refused.slice(0, free).includes(true), `refused after ${refused.indexOf(true)}, ${free} are allowed`);
  assert.ok(refused.includes(true), `none of ${answers.length} was refused`);
  for (const answer of answers.filter(({ status }) => status === 429)) {
    refusalOf(answer, 'rate_limited');
    assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
  }
}

/** RATE_LIMIT (contract, section 2). A minute may end meanwhile, so the check sends twice as many as allowed. */
export const limits = group('limits', {
  '[2] RATE_LIMIT is requests a minute for each token': async (trial) => {
    const shop = await openShop({ ...trial, ...(await limitedServer(trial)) });
    const second = await shop.addDevice('display');
    areLimited(await inARow(2 * RATE_LIMIT + 2, () => shop.display.get('/orders')), RATE_LIMIT);
    statusIs(await second.get('/orders'), 200);
  },
  '[2] open routes take 60 requests a minute from an address': async (shop) => {
    const nobody = client(await limitedServer(shop), null);
    areLimited(await inARow(2 * OPEN_ROUTES_A_MINUTE + 2, () => nobody.get('/openapi.json')), OPEN_ROUTES_A_MINUTE);
  },
  '[2] /health and /ready are never limited': async (shop) => {
    const nobody = client(await limitedServer(shop), null);
    for (const path of ['//health', '//ready'])
      for (const answer of await inARow(80, () => nobody.get(path))) statusIs(answer, 200);
  },
  '[2] RATE_LIMIT=0 switches limits off': async (shop) => {
    launcherOf(shop); // A server that we start has no limits; those of another server are unknown.
    for (const answer of await inARow(2 * OPEN_ROUTES_A_MINUTE, () => shop.nobody.get('/openapi.json')))
      statusIs(answer, 200);
  },
});
