import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseOf, dropDatabaseOf } from '#test/support/database-of.ts';
import { freePort } from '#test/support/free-port.ts';
import { type Program, startCommand } from '#test/support/program.ts';
import type { Launched, Launcher, Settings } from './subject.ts';

/** Longest time from start to `GET /ready`, and from a signal to the end, ms. */
const READY_WITHIN_MS = 60_000;
const GONE_WITHIN_MS = 12_000;

const secret = (): string => randomBytes(24).toString('hex');

/** The same for every server of a run, so that one can continue where another stopped. */
const USUAL = {
  HOST: '127.0.0.1',
  ADMIN_TOKEN: secret(),
  METRICS_TOKEN: secret(),
  CUSTOMER_TOKEN_SECRET: secret(),
  CORS_ORIGINS: 'https://shop.example',
  RATE_LIMIT: '0',
  LOG_LEVEL: 'warn',
};

const isReady = async (url: string): Promise<true | null> =>
  (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null))?.status === 200 || null;

/**
 * Starts servers with a command, each with the contract's settings (section 2) on a free port and a new database. `close`
 * stops those that still run and removes their data.
 */
export function createLauncher(command: readonly string[], cwd?: string): Launcher & { close(): Promise<void> } {
  const programs: Program[] = [];
  const dirs: string[] = [];

  function newDir(): string {
    const dir = mkdtempSync(join(tmpdir(), 'conformance-'));
    dirs.push(dir);
    return dir;
  }

  /** @param ready called with its address until it returns true */
  async function launch(settings: Settings, dir: string, ready: (url: string) => true | null | Promise<true | null>) {
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const env = { ...USUAL, PORT: port, DATABASE_URL: await databaseOf(dir), ...settings };
    const program = await startCommand(command, { env, readyWithinMs: READY_WITHIN_MS, ...(cwd && { cwd }) }, () =>
      ready(url),
    );
    programs.push(program);
    return { url, env, program };
  }

  async function start(settings: Settings, dir: string): Promise<Launched> {
    const { url, env, program } = await launch(settings, dir, isReady);
    return {
      url,
      dir,
      adminToken: env.ADMIN_TOKEN,
      metricsToken: env.METRICS_TOKEN,
      customerSecret: env.CUSTOMER_TOKEN_SECRET,
      corsOrigin: env.CORS_ORIGINS.split(',')[0],
      launcher,
      async stop(signal) {
        const hard = setTimeout(() => void program.stop('SIGKILL'), GONE_WITHIN_MS);
        await program.stop(signal);
        clearTimeout(hard);
      },
    };
  }

  async function refuse(settings: Settings) {
    const { program } = await launch(settings, newDir(), () => true);
    const hard = setTimeout(() => void program.stop('SIGKILL'), READY_WITHIN_MS);
    const code = await program.ended;
    clearTimeout(hard);
    return { code, output: program.output() };
  }

  /** Serialises starts, which cost more than anything else in these checks. */
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
      await Promise.all(programs.map((program) => program.stop('SIGKILL')));
      await Promise.all(dirs.map(dropDatabaseOf));
      for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const launchOurs = () => createLauncher([process.execPath, 'server/src/main.ts']);
