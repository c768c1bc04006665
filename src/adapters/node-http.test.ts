import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeHttp } from './node-http.ts';

let server: Server;
let url: string;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
beforeEach(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    answer(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const get = { method: 'GET', token: null } as const;

it('sends JSON with the token and reads JSON back, compressed or not', async () => {
  answer = (request, response, body) => {
    const { authorization, 'content-type': type } = request.headers;
    response.writeHead(201, { 'content-encoding': 'gzip' });
    response.end(gzipSync(JSON.stringify({ authorization, type, body })));
  };
  const got = await nodeHttp.request({ method: 'POST', url, token: 't', body: { имя: 'ნინო' } }).answer;
  expect(got).toEqual({
    status: 201,
    body: { authorization: 'Bearer t', type: 'application/json', body: '{"имя":"ნინო"}' },
    retryAfterMs: null,
  });
});

it('reads a long answer whose connection ends before all of it is read', async () => {
  const body = { orders: randomBytes(1_500_000).toString('hex') };
  const zipped = gzipSync(JSON.stringify(body));
  answer = async (_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    for (let at = 0; at < zipped.length; at += 16_384) {
      response.write(zipped.subarray(at, at + 16_384));
      await turn();
    }
    response.end();
  };
  for (let n = 0; n < 5; n++) {
    const got = await nodeHttp.request({ ...get, url }).answer;
    expect(got.body).toEqual(body);
  }
});

it('returns the status of an answer that is not JSON, and its Retry-After', async () => {
  answer = (_, response) => response.writeHead(503, { 'retry-after': '7' }).end('<html>');
  expect(await nodeHttp.request({ ...get, url }).answer).toEqual({ status: 503, body: null, retryAfterMs: 7_000 });
});

it('sends each request on a new connection, since one from before a fault may be dead', async () => {
  let connections = 0;
  server.on('connection', () => connections++);
  answer = (_, response) => response.end('{}');
  for (let n = 0; n < 3; n++) await nodeHttp.request({ ...get, url }).answer;
  expect(connections).toBe(3);
});

it('does not follow a redirect, which would leak the token', async () => {
  answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  await expect(nodeHttp.request({ ...get, url, token: 'secret' }).answer).rejects.toThrow();
});

it('rejects if nobody listens, if the answer breaks off, and if it is cancelled', async () => {
  await expect(nodeHttp.request({ ...get, url: 'http://127.0.0.1:1/' }).answer).rejects.toThrow();

  answer = (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"half":');
    setTimeout(() => response.destroy(), 10);
  };
  await expect(nodeHttp.request({ ...get, url }).answer).rejects.toThrow();

  answer = () => {};
  const waiting = nodeHttp.request({ ...get, url });
  setTimeout(waiting.cancel, 10);
  await expect(waiting.answer).rejects.toThrow();
});
