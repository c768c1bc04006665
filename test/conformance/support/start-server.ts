import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#test/support/free-port.ts';
import type { Launched, Launcher, Settings } from './check.ts';
import { sleep } from './waiting.ts';

/** Longest time from start to `GET /ready`, and from a signal to the end, ms. */
const READY_WITHIN_MS = 60_000;
const GONE_WITHIN_MS = 12_000;

const secret = (): string => randomBytes(24).toString('hex');

/** Settings that are the same for every server of one launcher, so that one can go on where another stopped. */
const USUAL = {
  HOST: '127.0.0.1',
  ADMIN_TOKEN: secret(),
  METRICS_TOKEN: secret(),
  CUSTOMER_TOKEN_SECRET: secret(),
  CORS_ORIGINS: 'https://shop.example',
  RATE_LIMIT: '0',
  LOG_LEVEL: 'warn',
};

/**
 * Starts servers by a command, each with the contract's settings (section 2) on a free port and a SQLite file of its own.
 * `close` ends whatever still runs and removes the files.
 *
 * @param command the program itself and its arguments: a wrapper such as npm would not pass a kill on
 */
export function createLauncher(command: string[], cwd: string): Launcher & { close(): Promise<void> } {
  const [program = process.execPath, ...args] = command;
  const running = new Set<ChildProcess>();
  const inTurn = queue();
  const dirs: string[] = [];
  const newDir = (): string => {
    const dir = mkdtempSync(join(tmpdir(), 'conformance-'));
    dirs.push(dir);
    return dir;
  };

  async function spawnWith(settings: Settings, dir: string) {
    const port = await freePort();
    const usual = { ...USUAL, PORT: String(port), DATABASE_URL: `file:${join(dir, 'server.db')}` };
    const env = { ...process.env, ...usual, ...settings };
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk).slice(-4_000);
      });
    const gone = new Promise<number | null>((resolve) => {
      child.once('close', resolve);
      child.once('error', (error) => {
        output += error.message;
        resolve(null);
      });
    });
    void gone.then(() => running.delete(child));
    return { child, port, gone, env, output: () => output };
  }

  async function start(settings: Settings = {}, dir = newDir()): Promise<Launched> {
    const { child, port, gone, env } = await inTurn(() => startOne(settings, dir));
    return {
      url: urlOf(port),
      dir,
      adminToken: env.ADMIN_TOKEN,
      metricsToken: env.METRICS_TOKEN,
      customerSecret: env.CUSTOMER_TOKEN_SECRET,
      corsOrigin: env.CORS_ORIGINS.split(',')[0],
      launcher,
      stop: (signal = 'SIGTERM') => end(child, gone, signal),
    };
  }

  async function startOne(settings: Settings, dir: string) {
    const started = await spawnWith(settings, dir);
    const ended = started.gone.then((code) => {
      throw new Error(`the server ended with ${code} before it was ready: ${started.output()}`);
    });
    ended.catch(() => {});
    await Promise.race([ready(urlOf(started.port)), ended]).catch((error) => {
      started.child.kill('SIGKILL');
      throw error;
    });
    return started;
  }

  async function refuseOne(settings: Settings) {
    const { child, gone, output } = await spawnWith(settings, newDir());
    const code = await Promise.race([gone, sleep(READY_WITHIN_MS, undefined, { ref: false })]);
    if (code === undefined) await end(child, gone, 'SIGKILL');
    return { code: code ?? null, output: output() };
  }

  async function close(): Promise<void> {
    for (const child of running) child.kill('SIGKILL');
    while (running.size > 0) await sleep(10);
    for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
  }

  process.once('exit', () => {
    for (const child of running) child.kill('SIGKILL');
  });
  const launcher: Launcher = { start, refuse: (settings) => inTurn(() => refuseOne(settings)) };
  return { ...launcher, close };
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

/** One after the other: starting costs more than anything a server does in these checks. */
function queue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task);
    last = next.catch(() => {});
    return next;
  };
}

async function end(child: ChildProcess, gone: Promise<unknown>, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  const hard = setTimeout(() => child.kill('SIGKILL'), GONE_WITHIN_MS);
  await gone;
  clearTimeout(hard);
}

async function ready(url: string): Promise<void> {
  for (const end = performance.now() + READY_WITHIN_MS; performance.now() < end; await sleep(50)) {
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer?.status === 200) return;
  }
  throw new Error(`GET /ready was not 200 within ${READY_WITHIN_MS / 1_000} s`);
}
