import { get as open } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { beforeEach, describe, expect, it } from 'vitest';
import { until } from '#test/support/until.ts';
import { createHeavyReads, QUERIES } from './heavy-reads.ts';
import { addErrors } from './http-errors.ts';

/** Reads under way: `release` ends one. */
let running: { caller: string; signal: AbortSignal; release(): void }[];
let most: number;
let url: string;

beforeEach(async () => {
  [running, most] = [[], 0];
  const app = Fastify({ forceCloseConnections: true });
  addErrors(app as never);
  const reads = createHeavyReads(QUERIES);
  app.decorateRequest('asker', null);
  app.get<{ Params: { id: string } }>('/:id', (request, reply) => {
    const { id } = request.params;
    request.asker = { role: 'display', id, name: id, storeId: 's' };
    return reads.run(request, reply, async (signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const mine = { caller: id, signal, release: resolve };
      running.push(mine);
      most = Math.max(most, running.length);
      signal.addEventListener('abort', () => resolve());
      await promise;
      running = running.filter((one) => one !== mine);
      return {};
    });
  });
  await app.listen();
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return () => app.close();
});

const callers = () => running.map(({ caller }) => caller);

/** Ends each read until all are answered; the statuses. */
async function releasing(answers: Promise<Response>[]): Promise<number[]> {
  let over = false;
  const all = Promise.all(answers).finally(() => {
    over = true;
  });
  for (; !over; await new Promise(setImmediate)) running[0]?.release();
  return (await all).map(({ status }) => status);
}

describe('reads that take long', () => {
  it('of one caller run one at a time, and those of two callers take turns', async () => {
    const answers = ['a', 'a', 'a', 'b', 'c'].map((id) => fetch(`${url}/${id}`));
    await until('two', () => callers().join() === 'a,b', 5_000);
    running[1]?.release();
    await until('the third caller', () => callers().join() === 'a,c', 5_000);
    expect(await releasing(answers)).toEqual([200, 200, 200, 200, 200]);
    expect(most).toBe(2);
  });

  it('rest for longer than they took before the caller’s next one', async () => {
    const first = fetch(`${url}/a`);
    await until('the first', () => running.length === 1, 5_000);
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 60));
    running[0]?.release();
    await first;
    const took = performance.now() - began;
    const second = fetch(`${url}/a`);
    await until('the second', () => running.length === 1, 5_000, 5);
    expect(performance.now() - began - took).toBeGreaterThan(60);
    running[0]?.release();
    await second;
  });

  it('leave time to others however short they are', async () => {
    const began = performance.now();
    await releasing(Array.from({ length: 20 }, () => fetch(`${url}/a`)));
    // A timer may be early by a part of a millisecond.
    expect(performance.now() - began).toBeGreaterThan(19 * 9);
  });

  it('end when their client goes, also while they wait', async () => {
    const clients = [1, 2, 3].map(() => open(`${url}/a`, { agent: false }).on('error', () => {}));
    await until('the first', () => running.length === 1, 5_000);
    const [first] = running;
    const last = fetch(`${url}/a`);
    for (const client of clients) client.destroy();
    await until('the last', () => running.length === 1 && running[0] !== first, 5_000);
    expect(most).toBe(1);
    running[0]?.release();
    expect((await last).status).toBe(200);
  });

  it('are refused with 429 and Retry-After when more than fifty of a caller wait', async () => {
    const refused: (string | null)[] = [];
    const answers = Array.from({ length: 60 }, async () => {
      const answer = await fetch(`${url}/a`);
      if (answer.status === 429) refused.push(answer.headers.get('retry-after'));
      return answer;
    });
    await until('nine refusals', () => refused.length === 9, 10_000);
    expect((await releasing(answers)).filter((status) => status === 200)).toHaveLength(51);
    expect(refused).toEqual(Array(9).fill('1'));
    expect(most).toBe(1);
  });
});
