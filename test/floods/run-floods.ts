import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type AskServer, createAskServer } from '#test/support/ask-server.ts';
import { freePort } from '#test/support/free-port.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import { spread } from '../../bench/support.ts';
import type { Attack, Target } from './attacks.ts';
import { type AttackedStore, addStore, bystander, bytesIn, fillStore, memoryOf } from './shop.ts';

const ROOT = join(import.meta.dirname, '../..');
const ADMIN_TOKEN = 'admin-token-of-the-floods-0123456789';
const HEAP_MB = 512;
/** The other store's orders: one every so many ms. */
const ORDER_EVERY_MS = 100;
/** SQLite's write-ahead log, which is used again and again. */
const LOG_BYTES = 8 * 1024 * 1024;

/** What an attack may do to everybody else. */
export const LIMITS = { slower: 5, memory: 2, disk: 10 };

export interface Flood {
  name: string;
  /** Time until another store's order was answered, ms. */
  quietP99: number;
  floodP99: number;
  /** The server's memory at most, bytes. */
  quietMemory: number;
  floodMemory: number;
  /** What the attacker sent, and what was written (database and log) beyond the other store's orders, bytes. */
  sentBytes: number;
  writtenBytes: number;
  /** What became of the attacker's requests and connections. */
  counts: Record<string, number>;
  faults: string[];
}

export interface FloodOptions {
  /** How long each attack takes. */
  seconds: number;
  /** In the attacked store. */
  orders: number;
  /** Between an attack and the next one: limits of a minute end, and memory is collected. */
  restMs: number;
  attacks: readonly Attack[];
}

/** Runs one attack after the other against a server that is started with its default limits and a small heap. */
export async function* runFloods(options: FloodOptions): AsyncGenerator<Flood> {
  const dir = await mkdtemp(join(tmpdir(), 'ticketrail-floods-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const api = createAskServer(url, ADMIN_TOKEN);
  let server = await startServer(dir, port, { RATE_LIMIT: '0' });
  try {
    const attacked = await fillStore(api, options.orders);
    const device = await addStore(api, 'other');
    const [integration, display] = [await device('integration'), await device('display')];
    await server.stop();
    // From here on with the limits that it has by default.
    server = await startServer(dir, port, {});
    for (const attack of options.attacks)
      yield await flood(attack, { ...options, url, api, dir, server, attacked, integration, display });
  } finally {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

interface Scene extends FloodOptions {
  url: string;
  api: AskServer;
  dir: string;
  server: Server;
  attacked: AttackedStore;
  integration: string;
  display: string;
}

async function flood(attack: Attack, scene: Scene): Promise<Flood> {
  const { api, url, server, dir, attacked, seconds } = scene;
  const other = await bystander(api, url, scene.display);
  const neighbour = await bystander(api, url, attacked.neighbour);
  const quiet = await observe(scene, () => sleep((seconds * 1_000) / 2));
  const [sizeBefore, loggedBefore] = [await bytesIn(dir), server.logged()];
  const report = { sentBytes: 0, counts: {} as Record<string, number> };
  const under = await observe(scene, async () => void Object.assign(report, await attackFrom(attack, scene)));
  const perOrder = quiet.grown / quiet.answered;
  const grown = (await bytesIn(dir)) - sizeBefore - perOrder * under.answered;
  const floodResult = {
    name: attack.name,
    quietP99: quiet.p99,
    floodP99: under.p99,
    quietMemory: quiet.memory,
    floodMemory: under.memory,
    sentBytes: report.sentBytes,
    writtenBytes: Math.max(0, Math.round(grown)) + server.logged() - loggedBefore,
    counts: report.counts,
  };
  await sleep(1_000);
  const missed = other.batches.flatMap(({ changes }) => changes).length - quiet.answered - under.answered;
  const faults = [
    ...(server.hasEnded() ? [`the server ended: ${server.words()}`] : []),
    ...quiet.failed.map((why) => `before the attack: ${why}`),
    ...under.failed,
    ...(other.cut() > 0 ? ["the other store's display was cut off"] : []),
    ...(neighbour.cut() > 0 ? ["the attacked store's other display was cut off"] : []),
    ...(missed < 0 ? [`the other store's display missed ${-missed} orders`] : []),
    ...beyond(floodResult),
  ];
  other.close();
  neighbour.close();
  await sleep(scene.restMs);
  return { ...floodResult, faults };
}

function beyond({ quietP99, floodP99, quietMemory, floodMemory, sentBytes, writtenBytes }: Omit<Flood, 'faults'>) {
  const faults: string[] = [];
  if (floodP99 > LIMITS.slower * quietP99) faults.push(`orders took ${(floodP99 / quietP99).toFixed(1)} times as long`);
  if (floodMemory > LIMITS.memory * quietMemory)
    faults.push(`${(floodMemory / quietMemory).toFixed(1)} times the memory`);
  if (writtenBytes > Math.max(LIMITS.disk * sentBytes, LOG_BYTES))
    faults.push(`${(writtenBytes / sentBytes).toFixed(1)} bytes written for each byte sent`);
  return faults;
}

/** Sends the other store's orders as long as `during` runs, and watches the server. */
async function observe({ api, integration, server, dir }: Scene, during: () => Promise<unknown>) {
  let isOver = false;
  const times: number[] = [];
  const failed: string[] = [];
  let memory = 0;
  const before = await bytesIn(dir);
  const watching = (async () => {
    for (; !isOver && !server.hasEnded(); await sleep(250)) memory = Math.max(memory, memoryOf(server.pid));
  })();
  const order = async (): Promise<void> => {
    const begun = performance.now();
    try {
      const { status, text } = await api('POST', '/orders', { token: integration, body: orderDraft() });
      if (status !== 201) failed.push(`an order was answered ${status} ${text.slice(0, 200)}`);
    } catch (error) {
      failed.push(`an order was not answered: ${error instanceof Error ? error.message : error}`);
    }
    times.push(performance.now() - begun);
  };
  const sending = (async () => {
    const orders: Promise<void>[] = [];
    for (; !isOver; await sleep(ORDER_EVERY_MS)) orders.push(order());
    await Promise.all(orders);
  })();
  await during();
  isOver = true;
  await Promise.all([watching, sending]);
  return {
    p99: spread(times).p99,
    memory,
    answered: times.length - failed.length,
    failed: [...new Set(failed)],
    grown: (await bytesIn(dir)) - before,
  };
}

async function attackFrom(attack: Attack, { url, seconds, attacked }: Scene) {
  // The limits of a token that attacked before may still be in force.
  const target: Target = { token: await attacked.device('display'), orderId: attacked.orderId };
  const file = join(ROOT, 'test/floods/attack.ts');
  const args = [file, attack.name, url, String(seconds), JSON.stringify(target)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 });
  return JSON.parse(/^report (.*)$/m.exec(stdout)?.[1] ?? '{}');
}

type Server = Awaited<ReturnType<typeof startServer>>;
async function startServer(dir: string, port: number, env: Record<string, string>) {
  const args = [`--max-old-space-size=${HEAP_MB}`, join(ROOT, 'server/src/main.ts')];
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...process.env, PORT: String(port), DATABASE_URL: `file:${join(dir, 'server.db')}`, ADMIN_TOKEN, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  let logged = 0;
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      logged += chunk.length;
      words = (words + chunk.toString()).slice(-2_000);
    });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await until('the server is ready', async () => (await fetch(`http://127.0.0.1:${port}/ready`)).ok, 60_000, 200);
  return {
    pid: child.pid as number,
    logged: () => logged,
    words: () => words,
    hasEnded,
    async stop() {
      process.off('exit', kill);
      if (hasEnded()) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
