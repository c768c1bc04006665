import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createOutboundAgent } from '../outbound/create-outbound-agent.ts';
import type { Budget } from './adapter.ts';
import { createServiceClient } from './create-service-client.ts';
import { AccessEnded, Conflict, Later, Refused } from './service-client.ts';

const servers: Server[] = [];
const agents = [createOutboundAgent(true), createOutboundAgent(false)] as const;
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

interface Options {
  budgets?: Budget[];
  withinMs?: number;
  isPrivate?: boolean;
}

async function clientOf(listener: RequestListener, { budgets = [], withinMs = 5_000, isPrivate = true }: Options = {}) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = { url, headers: { authorization: 'Bearer t' }, budgets };
  return createServiceClient(access, { dispatcher: agents[isPrivate ? 0 : 1], withinMs });
}
const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);

describe('a call of a service', () => {
  it('sends access, query and JSON, and returns the JSON of the answer', async () => {
    const client = await clientOf(async (request, response) => {
      const parts = await request.toArray();
      response.end(
        JSON.stringify([request.method, request.url, request.headers.authorization, Buffer.concat(parts).toString()]),
      );
    });
    expect(await client.call('PUT', '/a', { query: { page: 2 }, body: { x: 1 } })).toEqual([
      'PUT',
      '/a?page=2',
      'Bearer t',
      '{"x":1}',
    ]);
  });

  it.each([
    [400, Refused],
    [404, Refused],
    [302, Refused],
    [401, AccessEnded],
    [403, AccessEnded],
    [409, Conflict],
    [429, Later],
    [503, Later],
  ])('answered with %i throws with their words', async (status, kind) => {
    const client = await clientOf((_request, response) =>
      response
        .writeHead(status, { location: '/elsewhere', 'retry-after': '7' })
        .end('{"errors":[{"detail":"Not\\nnow"}]}'),
    );
    const failure = await failureOf(client.call('GET', '/'));
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ message: 'Not now' });
    if (kind === Later) expect(failure).toMatchObject({ afterMs: 7_000 });
  });

  it('is not made while the service asked to wait, and is made again after that', async () => {
    const calls: number[] = [];
    const client = await clientOf((_request, response) => {
      calls.push(performance.now());
      response.writeHead(calls.length === 1 ? 429 : 200, { 'retry-after': '0' }).end('{}');
    });
    const failure = await failureOf(client.call('GET', '/'));
    expect(failure).toMatchObject({ afterMs: 1_000 });
    expect(await failureOf(client.call('PUT', '/other'))).toBeInstanceOf(Later);
    await expect.poll(() => client.call('GET', '/').catch(() => null), { timeout: 5_000 }).toEqual({});
    expect(calls).toHaveLength(2);
    expect((calls[1] ?? 0) - (calls[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('that is not answered in time, or with a page, is tried later', async () => {
    const slow = await clientOf(() => {}, { withinMs: 50 });
    expect(await failureOf(slow.call('GET', '/'))).toEqual(new Later('no answer within 0.05 s'));
    const page = await clientOf((_request, response) => response.end('<html>'));
    expect(await failureOf(page.call('GET', '/'))).toEqual(new Later('the answer is not JSON'));
  });

  it('waits only for the budgets that count it', async () => {
    const paths: string[] = [];
    const budgets = [{ calls: 1, seconds: 0.5, of: /^GET \/list$/ }];
    const client = await clientOf(
      (request, response) => {
        paths.push(request.url ?? '');
        response.end();
      },
      { budgets },
    );
    const began = performance.now();
    await Promise.all(['/list', '/list', '/one', '/list/2'].map((path) => client.call('GET', path)));
    expect(performance.now() - began).toBeGreaterThan(450);
    expect(paths.at(-1)).toBe('/list');
    expect(paths.filter((path) => path === '/list')).toHaveLength(2);
  });

  it('shows the headers of an answer', async () => {
    const client = await clientOf((_request, response) => response.setHeader('x-cursor-next', 'c2').end('[]'));
    const seen: unknown[] = [];
    await client.call('GET', '/', { onHeaders: (headers) => void seen.push(headers['x-cursor-next']) });
    expect(seen).toEqual(['c2']);
  });

  it('does not go into the own network unless that is allowed', async () => {
    let calls = 0;
    const client = await clientOf(() => calls++, { isPrivate: false });
    expect(await failureOf(client.call('GET', '/'))).toBeInstanceOf(Later);
    expect(calls).toBe(0);
  });
});
