import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import { createServer } from '#test/e2e/support/server.ts';
import { createRandom, type Random } from '#test/support/random.ts';
import { until } from '#test/support/until.ts';
import { falseClaims } from './false-claims.ts';
import { createProxyRig, type Rig } from './rig.ts';
import { DARK } from './scenarios.ts';

export interface Cut {
  /** One of the dark scenarios. */
  kind: string;
  /** ms from the cut until the screen no longer showed `live`. */
  unliveMs: number;
  /** The causes shown from then until the end of the fault, while the screen reported no connection. */
  causes: string[];
  /** ms from the end of the fault until the screen showed `live`. */
  backMs: number;
}

export interface RandomCuts {
  cuts: Cut[];
  /** Counts while a link was dead. */
  orders: number;
  taps: number;
  faults: string[];
}

/** Far longer than allowed, to measure a wrong time instead of just timing out. */
const UNLIVE_WITHIN_MS = 60_000;
const BACK_WITHIN_MS = 90_000;

/** Cuts the links of several displays at random times, in random ways, for random durations, and measures what they show. */
export async function runRandomCuts(
  { cuts, displays, seed }: { cuts: number; displays: number; seed: number },
  say: (line: string) => void = () => undefined,
): Promise<RandomCuts> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-cuts-'));
  const server = await createServer(dir);
  const rigs: Rig[] = [];
  const result: RandomCuts = { cuts: [], orders: 0, taps: 0, faults: [] };
  let left = cuts;
  try {
    for (let i = 1; i <= displays; i++) rigs.push(await createProxyRig(server.url, dir, `display ${i}`, seed + i));
    await Promise.all(
      rigs.map(async (rig, i) => {
        const random = createRandom(seed + i);
        while (left-- > 0) {
          result.cuts.push(await cutOnce(rig, random, result));
          if (result.cuts.length % 10 === 0) say(`${result.cuts.length} cuts`);
        }
        const found = await rig.settle(BACK_WITHIN_MS);
        found.push(...falseClaims(rig.observer.claims(), rig.facts, LIVE_WITHIN_MS + 500 + rig.observer.slack()));
        result.faults.push(...found.map((fault) => `display ${i + 1}: ${fault}`));
      }),
    );
  } finally {
    await Promise.all(rigs.map((rig) => rig.close()));
    await server.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
  return result;
}

async function cutOnce(rig: Rig, random: Random, result: RandomCuts): Promise<Cut> {
  const { observer, wire } = rig;
  await until('live', () => observer.state() === 'live', BACK_WITHIN_MS);
  const before = await rig.order();
  // Anywhere between two beats.
  await sleep(random.int(0, 5_000));
  await until('live', () => observer.state() === 'live', BACK_WITHIN_MS);

  const { name: kind, begin } = random.pick(DARK);
  const began = performance.now();
  await begin(rig);
  await rig.tap(before.id, { type: 'set_status', payload: { from: 'pending', to: 'preparing' } });
  await rig.order();
  result.orders += 1;
  result.taps += 1;
  const unlive = () => observer.states().find(({ at, state }) => at > began && state !== 'live') ?? null;
  const { at } = await until(`${kind}: not live`, unlive, UNLIVE_WITHIN_MS);
  await sleep(random.int(0, 3_000));

  const ended = performance.now();
  const dead = observer
    .states()
    .filter((report) => report.at > began && report.state !== 'live' && report.state !== 'catching_up');
  const causes = [...new Set(dead.map(({ cause }) => String(cause)))];
  if (causes.some((cause) => cause !== 'server_away'))
    result.faults.push(`${kind}: the cause shown is ${causes.join()}`);
  await wire.repair();
  if (random.chance(0.5)) void rig.refresh().catch(() => undefined);
  const live = () => observer.states().find((report) => report.at > ended && report.state === 'live') ?? null;
  const back = await until(`after ${kind}: live`, live, BACK_WITHIN_MS);
  return { kind, unliveMs: at - began, causes, backMs: back.at - ended };
}
