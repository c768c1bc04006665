import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectStore } from '#test/support/store-socket.ts';
import { fillDatabase } from './fill-database.ts';
import type { Begin, Outcome } from './start-over/displays.ts';
import { startTicketrail, type Ticketrail, type TicketrailStore } from './subjects/ticketrail.ts';
import { onCleanUp, type Spread, someOrder, spread, temporaryFolder } from './support.ts';

/**
 * What other stores notice when all displays of a large store start over at the same moment: the time of their orders'
 * POST, and the silence on their displays.
 */
export interface StartOver {
  displays: number;
  orders: number;
  ordersPerSecond: number;
  runs: number;
  /** Median p99 of the runs, divided by the p99 when nobody starts over. */
  ratio: string;
  /** Connections of starting displays that were lost. */
  dropped: number;
  snapshot_bytes: number;
  server_mb_before: number;
  server_mb_most: number;
  /** ms of a POST of another store. */
  quiet: Spread;
  /** ms of a POST of another store, from the moment when the displays start until all are live. */
  during: Spread;
  /** ms until all displays are live, one sample each run. */
  all_live: Spread;
  /** ms between two beats of another store's display during the runs: one is due every 5 s, and 12 s end `live`. */
  silence: Spread;
}

const PROCESSES = 2;
const QUIET_MS = 20_000;
const OPEN_ORDERS = 60;

/** @param options `displays` of a store of `orders` start over; another store has `ordersPerSecond` */
export async function startOver(options: {
  displays: number;
  orders: number;
  ordersPerSecond: number;
  runs: number;
}): Promise<StartOver> {
  const dir = await temporaryFolder();
  const tokens = await fillDatabase(join(dir, 'server.db'), { ...options, open: OPEN_ORDERS });
  const server = await startTicketrail({ folder: dir });
  const other = await server.addStore(0);
  const watcher = await watchBeats(server, await other.addDevice('display'));
  const post = postSteadily(other, options.ordersPerSecond);
  onCleanUp(async () => post.stop());
  await sleep(3_000);
  await post.take();
  await sleep(QUIET_MS);
  const quiet = spread(await post.take());
  const before = server.memory();

  const during: number[] = [];
  const p99: number[] = [];
  const live: number[] = [];
  let bytes = 0;
  let dropped = 0;
  let most = before;
  watcher.take();
  for (let i = 0; i < options.runs; i++) {
    const begin = await prepare(tokens, server.url(0));
    await post.take();
    const outcomes = begin();
    let running = true;
    const ended = outcomes.finally(() => {
      running = false;
    });
    while (running) {
      most = Math.max(most, server.memory());
      await Promise.race([sleep(250), ended]);
    }
    const { all, end } = await ended;
    const samples = await post.take();
    during.push(...samples);
    p99.push(spread(samples).p99);
    live.push(Math.max(...all.flatMap((one) => one.live)));
    bytes = all.reduce((sum, one) => sum + one.bytes, 0) / options.displays;
    dropped += all.reduce((sum, one) => sum + one.dropped, 0);
    await sleep(6_000);
    await end();
  }
  const mb = (value: number) => Math.round(value / 1024 / 1024);
  return {
    ...options,
    ratio: (spread(p99).p50 / quiet.p99).toFixed(1),
    dropped,
    snapshot_bytes: Math.round(bytes),
    server_mb_before: mb(before),
    server_mb_most: mb(most),
    quiet,
    during: spread(during),
    all_live: spread(live),
    silence: spread(watcher.take()),
  };
}

/** Starts the processes of the displays. */
async function prepare(
  tokens: readonly string[],
  url: string,
): Promise<() => Promise<{ all: Outcome[]; end(): Promise<void> }>> {
  const share = Math.ceil(tokens.length / PROCESSES);
  const children = Array.from({ length: PROCESSES }, (_, i) => ({
    child: fork(join(import.meta.dirname, 'start-over/displays.ts')),
    begin: { url, tokens: tokens.slice(i * share, (i + 1) * share) } satisfies Begin,
  }));
  const end = async () => {
    for (const { child } of children) child.kill();
  };
  onCleanUp(end);
  await Promise.all(children.map(({ child }) => once(child, 'spawn')));
  await sleep(1_500);
  return async () => {
    const outcomes = children.map(async ({ child, begin }) => {
      child.send(begin);
      const [outcome] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])]);
      if (!outcome) throw new Error('displays failed');
      return outcome as Outcome;
    });
    return { all: await Promise.all(outcomes), end };
  };
}

/** Posts orders at fixed times, whether the earlier ones are answered or not. */
function postSteadily({ order }: TicketrailStore, perSecond: number) {
  const sent: Promise<number>[] = [];
  let count = 0;
  async function post(): Promise<number> {
    const at = performance.now();
    await order({ ...someOrder(count++), status: 'completed' });
    return performance.now() - at;
  }
  const timer = setInterval(() => sent.push(post()), 1_000 / perSecond);
  return {
    /** Times of those sent since the last call, once they are answered; ms. */
    take: (): Promise<number[]> => Promise.all(sent.splice(0)),
    stop: () => clearInterval(timer),
  };
}

/** Follows a store as its display; `take` returns the ms between beats since the last call. */
async function watchBeats(server: Ticketrail, token: string): Promise<{ take(): number[] }> {
  const client = await connectStore(server.url(0), { token });
  onCleanUp(async () => client.close());
  let gaps: number[] = [];
  let last = performance.now();
  client.socket.on('beat', () => {
    gaps.push(performance.now() - last);
    last = performance.now();
  });
  client.socket.on('disconnect', () => gaps.push(Number.POSITIVE_INFINITY));
  client.confirmAll();
  const { epoch } = await server.call('GET', '/sync', token);
  await client.hello({ epoch: String(epoch), cursor: 0, hash: null });
  return {
    take() {
      const taken = gaps;
      gaps = [];
      return taken;
    },
  };
}
