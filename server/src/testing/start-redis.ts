import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#test/support/free-port.ts';
import { until } from '#test/support/until.ts';

/** Whether this machine has a Redis; without one, tests use the small one. */
export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** A real Redis on a free port, which keeps nothing. */
export async function startRedis(password: string): Promise<{ url: string; stop(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-redis-'));
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir, requirepass: password };
  const redis = spawn(
    'redis-server',
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`]),
    { stdio: 'ignore' },
  );
  const gone = once(redis, 'exit');
  await until('Redis listens', () => canConnect(port), 10_000);
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    async stop() {
      redis.kill('SIGKILL');
      await gone;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const canConnect = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
