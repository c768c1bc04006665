import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import { freePort } from '#test/support/free-port.ts';
import { makeStore, onCleanUp, type Spread, someOrder, spread, startServer } from './support.ts';

const RECEIVERS = ['none', 'dead', 'slow', 'fast', 'replay'] as const;
type Receiver = (typeof RECEIVERS)[number];
/** A slow receiver answers after this, ms: it falls ever further behind. */
const SLOW_MS = 2_000;
/** A fast receiver asks for everything again so often, ms: it catches up all the time. */
const REPLAY_MS = 1_000;

/** ms from sending a `POST /orders` until its answer, by what the store's webhook leads to; all in one run, in turn. */
export interface WebhookCost extends Record<Receiver, Spread> {
  ordersPerSecond: number;
  secondsEach: number;
  /** Of the p99 without a webhook. */
  dead_p99: string;
  slow_p99: string;
  fast_p99: string;
  replay_p99: string;
}

export async function webhookCost(options: {
  ordersPerSecond: number;
  /** Of one turn of one receiver. */
  seconds: number;
  turns: number;
}): Promise<WebhookCost> {
  const { ordersPerSecond, seconds, turns } = options;
  const server = await startServer(undefined, { PRIVATE_TARGETS: '1' });
  const { id, device } = await makeStore(server);
  const shop = await device('integration');
  const urls: Record<Receiver, string | null> = {
    none: null,
    dead: `http://127.0.0.1:${await freePort()}/`,
    slow: await receiver(SLOW_MS),
    fast: await receiver(0),
    replay: await receiver(0),
  };
  const samples: Record<Receiver, number[]> = { none: [], dead: [], slow: [], fast: [], replay: [] };
  let number = 0;

  async function post(into: number[]): Promise<void> {
    const at = performance.now();
    await server.api('POST', '/orders', shop, someOrder(number++));
    into.push(performance.now() - at);
  }
  async function postAll(into: number[], forSeconds: number): Promise<void> {
    const underWay: Promise<void>[] = [];
    const begin = performance.now();
    for (let i = 0; i < forSeconds * ordersPerSecond; i++) {
      await sleep(Math.max(0, begin + (i * 1_000) / ordersPerSecond - performance.now()));
      underWay.push(post(into));
    }
    await Promise.all(underWay);
  }

  async function replayUntil(webhook: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await server.api('POST', `/webhooks/${webhook}/replay`, ADMIN_TOKEN, { from: 1 });
      await sleep(REPLAY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  await postAll([], 5);
  for (let turn = 0; turn < turns; turn++)
    // Another order each time, so that no receiver always follows the same one.
    for (const i of RECEIVERS.keys()) {
      const name = RECEIVERS[(i + turn) % RECEIVERS.length] ?? 'none';
      const url = urls[name];
      const made = url && (await server.api('POST', `/stores/${id}/webhooks`, ADMIN_TOKEN, { url }));
      const ended = new AbortController();
      const replays = made && name === 'replay' ? replayUntil(String(made.id), ended.signal) : undefined;
      await postAll(samples[name], seconds);
      ended.abort();
      await replays;
      if (made) await server.api('DELETE', `/webhooks/${made.id}`, ADMIN_TOKEN);
    }

  const figures = Object.fromEntries(RECEIVERS.map((name) => [name, spread(samples[name])])) as Record<
    Receiver,
    Spread
  >;
  const ratio = (name: Receiver) => `${Math.round((100 * figures[name].p99) / figures.none.p99)} %`;
  const ratios = {
    dead_p99: ratio('dead'),
    slow_p99: ratio('slow'),
    fast_p99: ratio('fast'),
    replay_p99: ratio('replay'),
  };
  return { ordersPerSecond, secondsEach: seconds * turns, ...ratios, ...figures };
}

/** A receiver in this process, whose answers take so long. @returns its address */
async function receiver(ms: number): Promise<string> {
  const http = createServer((request, response) => {
    request.resume();
    request.on('end', () => setTimeout(() => response.writeHead(204).end(), ms));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onCleanUp(async () => {
    http.closeAllConnections();
    http.close();
  });
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
}
