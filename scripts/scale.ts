import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startPostgres } from '#server/testing/start-postgres.ts';
import { hasRedis, startRedis } from '#server/testing/start-redis.ts';
import { createCleanup } from './start/cleanup.ts';
import { endWithNpm } from './start/end-with-npm.ts';
import { freePort } from './start/free-port.ts';
import { ourNode, supervise } from './start/supervise.ts';

/**
 * `npm run scale -- --nodes 3 --port 4310`: several servers on one database, to try out, without containers. The database is
 * `DATABASE_URL`, or a PostgreSQL of the development packages that is gone afterwards; Redis is `REDIS_URL`, or the one of this
 * machine, if it has one.
 */
const READY_WITHIN_MS = 60_000;
const { values } = parseArgs({
  options: { nodes: { type: 'string', default: '2' }, port: { type: 'string', default: '4310' } },
});
const root = join(import.meta.dirname, '..');
const data = resolve(process.env.TICKETRAIL_DATA ?? join(root, 'data'), 'scale');
const cleanup = createCleanup();
let isEnding = false;

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await cleanup.run();
  process.exit(code);
}

async function databaseUrl(): Promise<string> {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const postgres = await startPostgres();
  // Its package would end this process before the servers.
  endOnSignals();
  await cleanup.add(postgres.stop);
  return postgres.create('ticketrail');
}

async function redisUrl(): Promise<string> {
  if (process.env.REDIS_URL) return process.env.REDIS_URL;
  if (!hasRedis()) {
    console.log('There is no redis-server here: the nodes look for changes once a second.');
    return '';
  }
  const redis = await startRedis(randomBytes(16).toString('hex'));
  await cleanup.add(redis.stop);
  return redis.url;
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

async function startNode(port: number, env: NodeJS.ProcessEnv): Promise<string> {
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(data, 'logs', `node-${port}.log`);
  const node = supervise({
    ...ourNode(root, 'server/src/main.ts'),
    env: { ...env, HOST: '127.0.0.1', PORT: `${port}` },
    logFile,
    onEnd() {
      console.log(`The node at ${url} has ended and is started again; what it said is in ${logFile}`);
      return true;
    },
  });
  await cleanup.add(node.stop);
  const until = performance.now() + READY_WITHIN_MS;
  while (!(await isReady(url))) {
    if (performance.now() > until) throw new Error(`The node at ${url} does not start: see ${logFile}`);
    await pause(100);
  }
  return url;
}

function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => void end(0));
  }
}

endOnSignals();
endWithNpm();
try {
  const ADMIN_TOKEN = process.env.ADMIN_TOKEN ?? randomBytes(24).toString('hex');
  const [DATABASE_URL, REDIS_URL] = await Promise.all([databaseUrl(), redisUrl()]);
  const env = { LOG_LEVEL: 'warn', CONSOLE: '1', ...process.env, ADMIN_TOKEN, DATABASE_URL, REDIS_URL };
  let port = Number(values.port);
  for (let i = 0; i < Number(values.nodes); i++) {
    port = await freePort(port);
    console.log(`node ready ${await startNode(port++, env)}`);
  }
  console.log(`The admin token of all is ${ADMIN_TOKEN}`);
} catch (error) {
  if (!isEnding) console.error(error instanceof Error ? error.message : error);
  await end(1);
}
