import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#test/support/free-port.ts';
import type { Launched, Launcher, Settings } from './subject.ts';
import { eventually, sleep } from './waiting.ts';

/** Longest time from start to `GET /ready`, and from a signal to the end, ms. */
const READY_WITHIN_MS = 60_000;
const GONE_WITHIN_MS = 12_000;

const secret = (): string => randomBytes(24).toString('hex');

/** The same for every server of one run, so that one can continue where another stopped. */
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
 * Starts servers by a command, each with the contract's settings (section 2) on a free port and a new SQLite file.
 * `close` ends all that still run and removes the files.
 *
 * @param command the program itself and its arguments: a wrapper such as npm would not pass a kill on
 */
export function createLauncher(command: string[], cwd: string): Launcher & { close(): Promise<void> } {
  const [program = process.execPath, ...args] = command;
  const running = new Set<ChildProcess>();
  const dirs: string[] = [];
  const killAll = (): void => running.forEach((child) => void child.kill('SIGKILL'));
  process.once('exit', killAll);

  function newDir(): string {
    const dir = mkdtempSync(join(tmpdir(), 'conformance-'));
    dirs.push(dir);
    return dir;
  }

  async function launch(settings: Settings, dir: string) {
    const port = String(await freePort());
    const env = { ...process.env, ...USUAL, PORT: port, DATABASE_URL: `file:${join(dir, 'server.db')}`, ...settings };
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    const record = (words: unknown): void => {
      output = (output + String(words)).slice(-4_000);
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', record);
    const gone = new Promise<number | null>((resolve) => {
      child.once('close', resolve);
      child.once('error', (error) => {
        record(error.message);
        resolve(null);
      });
    }).finally(() => running.delete(child));

    async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
      child.kill(signal);
      const hard = setTimeout(() => child.kill('SIGKILL'), GONE_WITHIN_MS);
      await gone;
      clearTimeout(hard);
    }
    return { url: `http://127.0.0.1:${port}`, env, gone, stop, output: () => output };
  }

  async function start(settings: Settings, dir: string): Promise<Launched> {
    const { url, env, gone, stop, output } = await launch(settings, dir);
    let code: number | null | undefined;
    void gone.then((ended) => {
      code = ended;
    });
    const isReady = async (): Promise<boolean> => {
      if (code !== undefined) throw new Error(`the server ended with ${code} before it was ready: ${output()}`);
      const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
      return answer?.status === 200;
    };
    await eventually('GET /ready is 200', isReady, READY_WITHIN_MS).catch(async (error) => {
      await stop('SIGKILL');
      throw error;
    });
    return {
      url,
      dir,
      adminToken: env.ADMIN_TOKEN,
      metricsToken: env.METRICS_TOKEN,
      customerSecret: env.CUSTOMER_TOKEN_SECRET,
      corsOrigin: env.CORS_ORIGINS.split(',')[0],
      launcher,
      stop,
    };
  }

  async function refuse(settings: Settings) {
    const { gone, stop, output } = await launch(settings, newDir());
    const code = await Promise.race([gone, sleep(READY_WITHIN_MS, undefined, { ref: false })]);
    if (code === undefined) await stop('SIGKILL');
    return { code: code ?? null, output: output() };
  }

  /** One start after the other: starting costs more than anything a server does in these checks. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = last.then(task);
    last = next.catch(() => {});
    return next;
  }
  const launcher: Launcher = {
    start: (settings = {}, dir = newDir()) => inTurn(() => start(settings, dir)),
    refuse: (settings) => inTurn(() => refuse(settings)),
  };
  return {
    ...launcher,
    async close() {
      killAll();
      while (running.size > 0) await sleep(10);
      for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
    },
  };
}
