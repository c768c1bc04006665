import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#test/support/free-port.ts';
import { startCommand } from '#test/support/program.ts';
import type { SmallRedis } from './small-redis.ts';

/** Whether this machine has a Redis; without one, tests use the small one. */
export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** A real Redis on a free port, which keeps nothing. `stop` ends it by SIGKILL. */
export async function startRedis(password: string): Promise<Omit<SmallRedis, 'fault'>> {
  const port = await freePort();
  let stop = async () => {};
  async function start(): Promise<void> {
    const dir = mkdtempSync(join(tmpdir(), 'ticketrail-redis-'));
    const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir, requirepass: password };
    const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`]);
    const isUp = async () => ((await canConnect(port)) ? true : null);
    const redis = await startCommand(['redis-server', ...words], { env: {}, readyWithinMs: 10_000 }, isUp);
    stop = async () => {
      await redis.stop('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    };
  }
  await start();
  return { url: `redis://:${password}@127.0.0.1:${port}`, stop: () => stop(), startAgain: start };
}

const canConnect = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
