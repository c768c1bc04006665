import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#test/support/free-port.ts';
import { type Program, startProgram } from '#test/support/program.ts';

/** Shared by the benchmarks: real processes on free ports, orders, percentiles. */

const undo: (() => Promise<unknown>)[] = [];
/** Stops everything that was started, last first. */
export async function cleanUp(): Promise<void> {
  for (const f of undo.splice(0).reverse()) await f().catch(() => undefined);
}
export function onCleanUp(f: () => Promise<unknown>): void {
  undo.push(f);
}

export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'ticketrail-bench-'));
  onCleanUp(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A browser host on its own data folder; `address` carries its key. */
export async function startDisplay(
  serverUrl: string,
  token: string,
  dir?: string,
): Promise<Pick<Program, 'stop'> & { address: string; dir: string }> {
  const folder = dir ?? (await temporaryFolder());
  const args = ['--server', serverUrl, '--data', folder, '--port', String(await freePort())];
  const { ready, stop } = await startProgram(
    'scripts/display-web.ts',
    args,
    { TICKETRAIL_TOKEN: token },
    (output) => /display ready (\S+)/.exec(output)?.[1] ?? null,
  );
  onCleanUp(() => stop());
  return { address: ready, stop, dir: folder };
}

const DISHES = [
  'Khachapuri Adjaruli',
  'Khinkali, beef & pork',
  'Badrijani',
  'Lobio in clay pot',
  'Mtsvadi, large',
  'Pkhali trio',
];
/** An order of typical size: three items, sometimes a modifier or an allergen. */
export function someOrder(i: number) {
  return {
    externalId: `bench-${i}`,
    source: 'web',
    fulfilment: i % 3 === 0 ? 'delivery' : 'pickup',
    customer: { name: i % 2 ? 'Нино Беридзе' : 'ญาดา', ref: `u-${i % 50}` },
    items: [0, 1, 2].map((k) => ({
      name: DISHES[(i + k) % DISHES.length],
      quantity: 1 + ((i + k) % 3),
      modifiers: k === 0 ? [{ name: 'extra cheese', quantity: 1 }] : [],
      allergens: i % 10 === 0 && k === 0 ? ['nuts'] : [],
    })),
    currency: 'GEL',
    totalMinor: 2_900 + i,
  };
}

export interface Spread {
  n: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}
/** Percentiles by nearest rank; the unit is the samples' own. */
export function spread(samples: number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (p: number) => sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
