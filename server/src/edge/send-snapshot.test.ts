import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { until } from '#test/support/until.ts';
import { acceptsGzip, sendSnapshot } from './send-snapshot.ts';

/** More than the system keeps for a client that does not read. */
const TEXT = randomBytes(6 * 1024 * 1024).toString('base64');
const GZIP = gzipSync(TEXT, { level: 1 });
let url: string;
/** Ends the connections of the clients that are reading. */
let reading: Set<() => void>;
beforeEach(async () => {
  reading = new Set();
  const body = {
    gzip: GZIP,
    readBy(end: () => void) {
      reading.add(end);
      return () => void reading.delete(end);
    },
  };
  const app = Fastify();
  app.get('/', (request, reply) => sendSnapshot(body, request, reply));
  url = await app.listen({ port: 0 });
  onTestFinished(() => app.close());
});

async function request(headers: Record<string, string>): Promise<IncomingMessage> {
  const [answer] = await once(get(url, { headers, agent: false }), 'response');
  return answer.pause();
}

it.each([
  ['gzip', (bytes: Buffer) => gunzipSync(bytes)],
  ['identity', (bytes: Buffer) => bytes],
])('sends the whole text as %s, and then no longer counts the client', async (encoding, decode) => {
  const answer = await request({ 'accept-encoding': encoding });
  expect(answer.headers['content-encoding'] ?? 'identity').toBe(encoding);
  expect(reading.size).toBe(1);
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part);
  expect(decode(Buffer.concat(parts)).toString() === TEXT).toBe(true);
  await until('it has read everything', () => reading.size === 0, 5_000);
});

it.each(['gzip', 'identity'])('ends the connection of a client that does not read (%s)', async (encoding) => {
  const answer = await request({ 'accept-encoding': encoding });
  const ended = expect(once(answer, 'end')).rejects.toThrow();
  const [end] = reading;
  end?.();
  answer.resume();
  await ended;
  await until('the server has let go of it', () => reading.size === 0, 5_000);
});

it('no longer counts a client that is gone', async () => {
  const answer = await request({ 'accept-encoding': 'gzip' });
  answer.on('error', () => {}).destroy();
  await until('the server has let go of it', () => reading.size === 0, 5_000);
});

it.each([
  ['gzip', true],
  ['br, GZIP;q=0.5', true],
  ['*', true],
  ['gzip;q=0', false],
  ['gzip; q=0.000', false],
  ['br, deflate', false],
  ['', false],
  [undefined, false],
])('Accept-Encoding %s: %s', (header, accepted) => {
  expect(acceptsGzip(header)).toBe(accepted);
});
