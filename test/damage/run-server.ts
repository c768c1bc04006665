import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type AskServer, createAskServer } from '#test/support/ask-server.ts';
import { until } from '#test/support/until.ts';

const ROOT = join(import.meta.dirname, '../..');
export const ADMIN_TOKEN = 'admin-token-of-the-damage-0123456789';

export interface RunningServer {
  child: ChildProcess;
  /** Its output so far. */
  output(): string;
  /** The exit code; null when a signal ended it. */
  exit: Promise<number | null>;
  /** Resolves with its address once it listens. */
  listening(): Promise<string>;
  api(): Promise<AskServer>;
  /** Ends it and waits. SIGKILL simulates a power cut. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface RunOptions {
  port?: number;
  /** The user to run as; needs root. */
  uid?: number;
  /** More of its environment. */
  env?: Record<string, string>;
}

/** Starts `npm run server` as a process on this database file. */
export function runServer(file: string, { port = 0, uid, env }: RunOptions = {}): RunningServer {
  const child = spawn(process.execPath, [join(ROOT, 'server/src/main.ts')], {
    cwd: '/',
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      PORT: String(port),
      DATABASE_URL: `file:${file}`,
      ADMIN_TOKEN,
      RATE_LIMIT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
  const exit = once(child, 'close').then(([code]) => code as number | null);
  const listening = async () => {
    const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
    await until('the server listens, or has ended', () => address() !== undefined || child.exitCode !== null, 30_000);
    return address() ?? Promise.reject(new Error(`the server ended: ${output}`));
  };
  return {
    child,
    output: () => output,
    exit,
    listening,
    api: async () => createAskServer(await listening(), ADMIN_TOKEN),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exit;
    },
  };
}

/** A store with two displays and an integration. */
export async function makeStore(api: AskServer) {
  await api('POST', '/stores', { body: { id: 'main', name: 'Main', currency: 'GEL', timeZone: 'UTC' } });
  const device = async (name: string, role: string) =>
    (await api('POST', '/stores/main/devices', { body: { name, role } })).json as { deviceId: string; token: string };
  return {
    kitchen: await device('Kitchen', 'display'),
    counter: await device('Counter', 'display'),
    web: await device('Web', 'integration'),
  };
}
