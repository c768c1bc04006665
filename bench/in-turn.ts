import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import { type BenchServer, makeStore, type Spread, someOrder, spread, startServer } from './support.ts';

/** Parts of a run that are also compared by themselves, which shows how far its figures can be believed. */
const QUARTERS = 4;

/** What an order is placed beside: a server with one store. */
export interface Case {
  environment?: Record<string, string>;
  /** Once the server and its store are there. */
  begin?(server: BenchServer, storeId: string): Promise<void>;
  /** Runs as long as each of its turns. @param ended says when that ends */
  during?(ended: AbortSignal): Promise<void>;
}

export interface Turns {
  ordersPerSecond: number;
  /** Of one turn of one case; short, so that what else the machine does meets all alike. */
  seconds: number;
  turns: number;
}

/**
 * ms from sending a `POST /orders` until its answer, by case. `<case>_p50` and `_p99` are shares of the first case: of the
 * whole run, then the least and the most of its quarters. `<case>_each`: what an order costs the server, of which the
 * machine's noise changes little.
 */
export type Costs<Name extends string> = { ordersPerSecond: number; secondsEach: number } & Record<Name, Spread> &
  Partial<Record<`${Name}_${'p50' | 'p99' | 'each'}`, string>>;

interface Measured {
  name: string;
  during: Case['during'];
  post(): Promise<unknown>;
  /** CPU time, ms, and commits since the start. */
  spent(): Promise<{ cpu: number; commits: number }>;
  quarters: number[][];
  cpu: number;
  commits: number;
}

/** Places orders in all cases, one server for each, in turn. @param cases the first is what the others are compared with */
export async function measureInTurn<Name extends string>(
  cases: Record<Name, Case>,
  { ordersPerSecond, seconds, turns }: Turns,
): Promise<Costs<Name>> {
  const all: Measured[] = [];
  for (const [name, { environment, begin, during }] of Object.entries<Case>(cases)) {
    const server = await startServer(undefined, environment);
    const store = await makeStore(server);
    await begin?.(server, store.id);
    const shop = await store.device('integration');
    let number = 0;
    const post = () => server.api('POST', '/orders', shop, someOrder(number++));
    const quarters = Array.from({ length: QUARTERS }, () => []);
    all.push({ name, during, post, spent: () => spentBy(server), quarters, cpu: 0, commits: 0 });
    await postAll(post, [], { ordersPerSecond, seconds: 5 });
  }

  for (let turn = 0; turn < turns; turn++)
    // Another order each time, so that no case always follows the same one.
    for (const i of all.keys()) {
      const one = all[(i + turn) % all.length];
      const into = one?.quarters[Math.floor((turn * QUARTERS) / turns)];
      if (!one || !into) continue;
      const before = await one.spent();
      const ended = new AbortController();
      const beside = one.during?.(ended.signal);
      await postAll(one.post, into, { ordersPerSecond, seconds });
      ended.abort();
      await beside;
      const after = await one.spent();
      one.cpu += after.cpu - before.cpu;
      one.commits += after.commits - before.commits;
    }
  return { ordersPerSecond, secondsEach: seconds * turns, ...figures(all) } as unknown as Costs<Name>;
}

async function postAll(
  post: () => Promise<unknown>,
  into: number[],
  { ordersPerSecond, seconds }: Omit<Turns, 'turns'>,
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

function figures(all: readonly Measured[]): Record<string, Spread | string> {
  const [first] = all;
  const ratios = all.flatMap(({ name, quarters, cpu, commits }, i) => {
    const count = quarters.flat().length;
    const each = [`${name}_each`, `${(cpu / count).toFixed(2)} ms of CPU, ${(commits / count).toFixed(2)} commits`];
    if (i === 0) return [each];
    const share = (p: 'p50' | 'p99') => {
      const of = (mine: number[] = [], theirs: number[] = []) =>
        Math.round((100 * spread(mine)[p]) / spread(theirs)[p]);
      const parts = quarters.map((mine, quarter) => of(mine, first?.quarters[quarter]));
      return `${of(quarters.flat(), first?.quarters.flat())} % (${Math.min(...parts)} to ${Math.max(...parts)})`;
    };
    return [[`${name}_p50`, share('p50')], [`${name}_p99`, share('p99')], each];
  });
  const spreads = all.map(({ name, quarters }) => [name, spread(quarters.flat())]);
  return Object.fromEntries([...ratios, ...spreads]);
}

async function spentBy({ url }: BenchServer): Promise<{ cpu: number; commits: number }> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const lines = (await (await fetch(`${url}/api/v1/metrics`, { headers })).text()).split('\n');
  const metric = (name: string) =>
    Number(
      lines
        .find((line) => line.startsWith(name))
        ?.split(' ')
        .at(-1),
    );
  return {
    cpu: metric('ticketrail_process_cpu_seconds_total') * 1_000,
    commits: metric('ticketrail_commits_total{outcome="durable"}'),
  };
}
