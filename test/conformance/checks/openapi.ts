import assert from 'node:assert/strict';
import { z } from 'zod';
import { group } from '../support/check.ts';
import { client } from '../support/client.ts';
import { bodyOf, statusIs } from '../support/expect.ts';

/** Every call of section 5. */
const CALLS = `
  POST /stores, GET /stores, GET /stores/:, PATCH /stores/:, POST /stores/:/devices, GET /stores/:/devices,
  DELETE /devices/:, POST /stores/:/pairing-codes, POST /pair, POST /orders, GET /orders, GET /orders/:,
  PATCH /orders/:, DELETE /orders/:, POST /orders/:/status, POST /orders/:/payment, GET /orders/:/history,
  GET /sync, GET /snapshot, POST /commands, GET /stats, GET /metrics`
  .split(',')
  .map((call) => call.trim());

const Page = z.object({
  openapi: z.string().regex(/^3\./),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

export const openapi = group('openapi', {
  '[5] /openapi.json is open and describes every call': async (trial) => {
    const { paths } = bodyOf(await client(trial, null).get('/openapi.json'), 200, Page);
    const described = Object.entries(paths).flatMap(([path, methods]) => {
      const plain = path.replace(/^\/api\/v1/, '').replace(/\{[^}]+\}/g, ':');
      return Object.keys(methods).map((method) => `${method.toUpperCase()} ${plain}`);
    });
    assert.deepEqual(
      CALLS.filter((call) => !described.includes(call)),
      [],
    );
  },

  '[5] /docs is open, and a page': async (trial) => {
    const answer = await client(trial, null).get('/docs');
    statusIs(answer, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  },
});
