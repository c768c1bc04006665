import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the benchmarks share: real processes on free ports, orders, percentiles. */

const undo: (() => Promise<unknown>)[] = [];
/** Undoes everything that was started, last first. */
export async function cleanUp(): Promise<void> {
  for (const f of undo.splice(0).reverse()) await f().catch(() => undefined);
}
export function onCleanUp(f: () => Promise<unknown>): void {
  undo.push(f);
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (!address || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'ticketrail-bench-'));
  onCleanUp(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export interface Child {
  output: () => string;
  kill: (signal?: NodeJS.Signals) => Promise<void>;
}

/** Runs a script of the project with this very Node until its output matches `ready` (30 s at the most). */
export async function start(
  script: string,
  args: string[],
  env: Record<string, string>,
  ready: RegExp | (() => Promise<boolean>),
) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const kill = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    await Promise.race([gone, sleep(5_000).then(() => child.kill('SIGKILL'))]);
  };
  onCleanUp(() => kill());
  const isReady = ready instanceof RegExp ? async () => ready.test(output) : ready;
  for (const end = Date.now() + 30_000; !(await isReady().catch(() => false)); await sleep(25)) {
    if (Date.now() > end || child.exitCode !== null) throw new Error(`${script} did not start:\n${output.slice(-800)}`);
  }
  return { output: () => output, kill } satisfies Child;
}

export type Api = (
  method: string,
  path: string,
  token: string,
  body?: unknown,
) => Promise<Record<string, never> & { [k: string]: unknown }>;

export interface BenchServer extends Child {
  url: string;
  api: Api;
  admin: string;
  dir: string;
}

/** The companion server as it ships: its own process, its own file, fsync on. `at`: where it ran before. */
export async function startServer(dir?: string, at?: string): Promise<BenchServer> {
  const port = at ? Number(new URL(at).port) : await freePort();
  const folder = dir ?? (await temporaryFolder());
  const admin = randomBytes(24).toString('hex');
  const url = `http://127.0.0.1:${port}`;
  const env = {
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: `file:${join(folder, 'server.db')}`,
    ADMIN_TOKEN: admin,
    LOG_LEVEL: 'warn',
    RATE_LIMIT: '0',
  };
  const child = await start('server/src/main.ts', [], env, async () => (await fetch(`${url}/ready`)).ok);
  const api: Api = async (method, path, token, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 200)}`);
    return text ? JSON.parse(text) : {};
  };
  return { ...child, url, api, admin, dir: folder };
}

export async function makeStore(
  server: BenchServer,
): Promise<{ storeId: string; device: (role: 'display' | 'integration') => Promise<string> }> {
  const store = await server.api('POST', '/stores', server.admin, {
    name: 'Bench',
    currency: 'GEL',
    timeZone: 'Asia/Tbilisi',
  });
  const storeId = String(store.id);
  const device = async (role: 'display' | 'integration') =>
    String((await server.api('POST', `/stores/${storeId}/devices`, server.admin, { name: role, role })).token);
  return { storeId, device };
}

/** A browser host on its own data folder; resolves with the address that carries its key. */
export async function startDisplay(
  serverUrl: string,
  token: string,
  dir?: string,
): Promise<Child & { address: string; dir: string }> {
  const folder = dir ?? (await temporaryFolder());
  const args = ['--server', serverUrl, '--data', folder, '--port', String(await freePort())];
  const child = await start('scripts/display-web.ts', args, { TICKETRAIL_TOKEN: token }, /display ready \S+/);
  const address = /display ready (\S+)/.exec(child.output())?.[1];
  if (!address) throw new Error('the display printed no address');
  return { ...child, address, dir: folder };
}

const DISHES = [
  'Khachapuri Adjaruli',
  'Khinkali, beef & pork',
  'Badrijani',
  'Lobio in clay pot',
  'Mtsvadi, large',
  'Pkhali trio',
];
/** An order of a size as kitchens see them: three items, a modifier, an allergen now and then. */
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
