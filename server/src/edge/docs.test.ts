import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '#test/support/server.ts';

interface Operation {
  summary?: string;
  responses: Record<string, unknown>;
  security: object[];
}
interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { required?: string[]; properties?: object }> };
}

let server: TestServer;
let api: OpenApi;
beforeAll(async () => {
  server = await startServer();
  api = (await server.api('GET', '/openapi.json', { token: null })).json;
});
afterAll(() => server.close());

/** Section 5 of the contract, row by row, and the calls of sections 9, 11 and 13. */
const CALLS =
  `POST /stores|GET /stores|GET /stores/{id}|PATCH /stores/{id}|POST /stores/{id}/devices|GET /stores/{id}/devices
DELETE /devices/{id}|POST /stores/{id}/pairing-codes|POST /pair|POST /orders|GET /orders|GET /orders/{id}|PATCH /orders/{id}
DELETE /orders/{id}|POST /orders/{id}/status|POST /orders/{id}/payment|GET /orders/{id}/history|GET /sync|GET /snapshot
POST /commands|POST /commands/known|GET /stats|GET /metrics|GET /stores/{id}/availability|PATCH /stores/{id}/availability
POST /devices/{id}/rotate|POST /session|DELETE /session|GET /customer/orders|POST /customer/orders/{id}/cancel|POST /stores/{id}/customer-links
POST /stores/{id}/webhooks|GET /stores/{id}/webhooks|GET /webhooks/{id}|PATCH /webhooks/{id}|DELETE /webhooks/{id}
GET /webhooks/{id}/deliveries|POST /webhooks/{id}/test|POST /webhooks/{id}/replay|POST /webhooks/{id}/rotate
POST /stores/{id}/sources|GET /stores/{id}/sources|GET /sources/{id}|PATCH /sources/{id}|DELETE /sources/{id}
GET /sources/{id}/log|POST /sources/{id}/pull|POST /hooks/{id}|GET /sources/{id}/jobs|POST /sources/{id}/try
POST /stores/{id}/telegram-codes|GET /stores/{id}/telegram-chats|PATCH /stores/{id}/telegram-chats/{chat}|DELETE /stores/{id}/telegram-chats/{chat}
POST /stores/{id}/printers|GET /stores/{id}/printers|GET /printers/{id}|PATCH /printers/{id}|DELETE /printers/{id}
POST /printers/{id}/test|POST /orders/{id}/print`.split(/[|\n]/);

describe('[section 5] GET /openapi.json', () => {
  it('lists the calls of the contract and its additions (ADR 14, 39, 46)', () => {
    const calls = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    );
    const more = ['GET /stores/{id}/escalations', 'GET /sales', 'GET /health', 'GET /ready'];
    expect(calls.sort()).toEqual([...CALLS, ...more].sort());
  });

  it('describes each call, its answers and its roles', () => {
    for (const [path, methods] of Object.entries(api.paths))
      for (const operation of Object.values(methods)) {
        expect(operation.summary, path).toBeTruthy();
        expect(
          Object.keys(operation.responses).some((status) => /^20\d$/.test(status)),
          path,
        ).toBe(true);
        const open =
          ['/health', '/ready', '/api/v1/pair', '/api/v1/hooks/{id}'].includes(path) ||
          operation.summary === 'Sign a page in with a token';
        expect(operation.security, path).toEqual(open ? [] : [{ token: [] }]);
      }
  });

  it('has no dangling reference', () => {
    const refs = [...JSON.stringify(api).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of refs) {
      expect(ref).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(api.components.schemas, ref).toHaveProperty(ref.slice('#/components/schemas/'.length));
    }
  });

  it('is made from the schemas that validate requests', () => {
    expect(api.openapi).toBe('3.1.0');
    expect(api.components.schemas.OrderDraft?.required?.toSorted()).toEqual(['currency', 'items', 'totalMinor']);
    expect(JSON.stringify(api.components.schemas.OrderDraft)).toContain('"additionalProperties":false');
    expect(JSON.stringify(api.paths['/api/v1/commands'])).toContain('#/components/schemas/Command');
    expect(JSON.stringify(api)).not.toMatch(/"id":"(Order|Change|Store)"|\$schema|\$defs/);
  });
});

describe('[section 5] GET /docs', () => {
  it('serves a page whose parts its own policy allows', async () => {
    const page = await server.api('GET', '/docs/', { token: null });
    expect(page.headers.get('content-type')).toContain('text/html');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    const parts = [...page.text.matchAll(/(?:src|href)="\.?\/?([^"]+)"/g)].map((match) => match[1]);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts)
      expect((await server.api('GET', `/docs/${part}`, { token: null })).status, part).toBe(200);
    expect(page.text.replace(/<script src=[^>]*>\s*<\/script>/g, '')).not.toContain('<script');
    expect((await server.api('GET', '/docs/json', { token: null })).json).toEqual(api);
  });

  it('is also found at the root', async () => {
    for (const [from, to] of [
      ['//docs', '/api/v1/docs/'],
      ['//openapi.json', '/api/v1/openapi.json'],
    ] as const) {
      const { status, headers } = await server.api('GET', from, { token: null });
      expect([status, headers.get('location')]).toEqual([302, to]);
    }
  });

  it('answer for a file that is not there like any unknown address', async () => {
    const { status, json, text } = await server.api('GET', '/docs/static/nothing-here.js', { token: null });
    expect([status, json.error?.code]).toEqual([404, 'not_found']);
    expect(text).not.toContain('nothing-here');
  });
});

it('[section 5] GET /metrics uses the prefix ticketrail_ only', async () => {
  await server.api('GET', '/nope');
  const { text, headers } = await server.api('GET', '/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  expect(text).toMatch(/ticketrail_http_request_seconds_count\{method="GET",route="none",status="404"\} \d/);
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]);
  expect(names.filter((name) => !name?.startsWith('ticketrail_'))).toEqual([]);
});
