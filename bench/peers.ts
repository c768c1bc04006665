import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFakeBotApi } from '#server/testing/fake-bot-api.ts';
import { startMockKafka } from '#server/testing/mock-kafka.ts';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import { freePort } from '#test/support/free-port.ts';
import { until } from '#test/support/until.ts';
import { type BenchServer, makeStore, onCleanUp, type Spread, someOrder, spread, startServer } from './support.ts';

/** `again` is a second server without the peers: what it differs from `off` is this machine's noise. */
const STATES = ['off', 'again', 'on', 'dead', 'silent'] as const;
type State = (typeof STATES)[number];
const QUARTERS = 4;

/**
 * ms from sending a `POST /orders` until its answer, by the state of its peers; one server for each, asked in turn. `on_p99`
 * and so on are shares of `off`: of the whole run, then the least and the most of its quarters. `on_each`: what an order
 * costs the server, of which the machine's noise changes little.
 */
export type PeerCost = { ordersPerSecond: number; secondsEach: number } & Record<State, Spread> &
  Partial<Record<`${State}_${'p50' | 'p99' | 'each'}`, string>>;

interface Server {
  post(): Promise<void>;
  /** CPU time, ms, and commits since the start. */
  spent(): Promise<{ cpu: number; commits: number }>;
}

interface Measured {
  state: State;
  server: Server;
  quarters: number[][];
  cpu: number;
  commits: number;
}

/** A peer of one server. */
interface Peer {
  environment: NodeJS.ProcessEnv;
  /** Once the server and its store are there. */
  begin?(server: BenchServer, storeId: string): Promise<void>;
}
type PeerIn = Record<State, Peer>;
const NONE = { off: { environment: {} }, again: { environment: {} } };

async function kafkaIn(): Promise<PeerIn> {
  const broker = await startMockKafka();
  onCleanUp(async () => broker.stop());
  const at = (KAFKA_BROKERS: string) => ({ environment: { KAFKA_BROKERS } });
  const dead = `127.0.0.1:${await freePort()}`;
  return { ...NONE, on: at(broker.address), dead: at(dead), silent: at(await silentPeer()) };
}

async function telegramIn(): Promise<PeerIn> {
  return {
    ...NONE,
    on: await telegramPeer('on'),
    dead: await telegramPeer('dead'),
    silent: await telegramPeer('silent'),
  };
}

/** A Bot API that answers until a chat is linked, and from then on only if it is `on`. */
async function telegramPeer(state: 'on' | 'dead' | 'silent'): Promise<Peer> {
  const bot = await startFakeBotApi();
  onCleanUp(() => bot.close());
  return {
    environment: { TELEGRAM_BOT_TOKEN: '1:bench', TELEGRAM_API_ROOT: bot.root },
    async begin({ api }, storeId) {
      const { code } = await api('POST', `/stores/${storeId}/telegram-codes`, ADMIN_TOKEN, {});
      bot.write({ id: 5 }, `/start ${code}`);
      await until('the chat is linked', () => bot.of('sendMessage').length === 1, 20_000);
      if (state === 'silent') bot.answer = () => 'never';
      if (state === 'dead') await bot.close();
    },
  };
}

/** The cost of Kafka, Telegram or both to those who order over HTTP. */
export async function peerCost(options: {
  peers: readonly ('kafka' | 'telegram')[];
  ordersPerSecond: number;
  /** Of one turn of one state; short, so that what else the machine does meets all alike. */
  seconds: number;
  turns: number;
}): Promise<PeerCost> {
  const { peers, ordersPerSecond, seconds, turns } = options;
  const sets = await Promise.all(peers.map((peer) => (peer === 'kafka' ? kafkaIn() : telegramIn())));
  const all: Measured[] = [];
  for (const state of STATES) {
    const own = sets.map((set) => set[state]);
    const started = await startServer(undefined, Object.assign({}, ...own.map(({ environment }) => environment)));
    const store = await makeStore(started);
    for (const { begin } of own) await begin?.(started, store.id);
    if (state === 'on') await until('its peers are there', () => isNobodyAway(started), 20_000);
    const server = measuredServer(started, await store.device('integration'));
    await postAll(server, [], { ordersPerSecond, seconds: 5 });
    all.push({ state, server, quarters: Array.from({ length: QUARTERS }, () => []), cpu: 0, commits: 0 });
  }

  for (let turn = 0; turn < turns; turn++)
    // Another order each time, so that no state always follows the same one.
    for (const i of all.keys()) {
      const one = all[(i + turn) % all.length];
      const into = one?.quarters[Math.floor((turn * QUARTERS) / turns)];
      if (!one || !into) continue;
      const before = await one.server.spent();
      await postAll(one.server, into, { ordersPerSecond, seconds });
      const after = await one.server.spent();
      one.cpu += after.cpu - before.cpu;
      one.commits += after.commits - before.commits;
    }
  return { ordersPerSecond, secondsEach: seconds * turns, ...figures(all) };
}

async function postAll(
  { post }: Server,
  into: number[],
  { ordersPerSecond, seconds }: { ordersPerSecond: number; seconds: number },
): Promise<void> {
  const timed = async () => {
    const at = performance.now();
    await post();
    into.push(performance.now() - at);
  };
  const underWay: Promise<void>[] = [];
  const begin = performance.now();
  for (let i = 0; i < seconds * ordersPerSecond; i++) {
    await sleep(Math.max(0, begin + (i * 1_000) / ordersPerSecond - performance.now()));
    underWay.push(timed());
  }
  await Promise.all(underWay);
}

function figures(all: readonly Measured[]): Omit<PeerCost, 'ordersPerSecond' | 'secondsEach'> {
  const spreads = Object.fromEntries(all.map(({ state, quarters }) => [state, spread(quarters.flat())]));
  const off = all.find(({ state }) => state === 'off');
  const ratios = all.flatMap(({ state, quarters, cpu, commits }) => {
    const count = quarters.flat().length;
    const each = [`${state}_each`, `${(cpu / count).toFixed(2)} ms of CPU, ${(commits / count).toFixed(2)} commits`];
    if (state === 'off') return [each];
    const share = (p: 'p50' | 'p99') => {
      const of = (mine: number[] = [], theirs: number[] = []) =>
        Math.round((100 * spread(mine)[p]) / spread(theirs)[p]);
      const parts = quarters.map((mine, i) => of(mine, off?.quarters[i]));
      return `${of(quarters.flat(), off?.quarters.flat())} % (${Math.min(...parts)} to ${Math.max(...parts)})`;
    };
    return [[`${state}_p50`, share('p50')], [`${state}_p99`, share('p99')], each];
  });
  return { ...Object.fromEntries(ratios), ...spreads } as PeerCost;
}

async function isNobodyAway({ url }: BenchServer): Promise<boolean> {
  return !(await (await fetch(`${url}/ready`)).text()).includes('away');
}

function measuredServer(server: BenchServer, shop: string): Server {
  let number = 0;
  return {
    post: async () => void (await server.api('POST', '/orders', shop, someOrder(number++))),
    async spent() {
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
      const text = await (await fetch(`${server.url}/api/v1/metrics`, { headers })).text();
      const metric = (name: string) =>
        Number(
          text
            .split('\n')
            .find((line) => line.startsWith(name))
            ?.split(' ')
            .at(-1),
        );
      return {
        cpu: metric('ticketrail_process_cpu_seconds_total') * 1_000,
        commits: metric('ticketrail_commits_total{outcome="durable"}'),
      };
    },
  };
}

/** Takes connections and never says anything. @returns its address */
async function silentPeer(): Promise<string> {
  const open = new Set<Socket>();
  const peer = createServer((socket) => {
    open.add(socket.on('error', () => {}).on('close', () => open.delete(socket)));
    socket.resume();
  });
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  onCleanUp(async () => {
    for (const socket of open) socket.destroy();
    peer.close();
  });
  const address = peer.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
