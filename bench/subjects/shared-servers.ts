import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Postgres, startPostgres } from '#server/testing/start-postgres.ts';
import { hasRedis, startRedis } from '#server/testing/start-redis.ts';
import { onCleanUp } from '../support.ts';
import { familyCpu, familyMemory } from './process-family.ts';

/** A database for nodes, and what its server takes of the machine for all databases on it. */
export interface SharedDatabase {
  url: string;
  /** CPU time of all processes of its server so far, ms. */
  cpu(): number;
  /** Their memory; what they share counts once, bytes. */
  memory(): number;
  /** Runs one statement. */
  run(statement: string): Promise<Record<string, unknown>[]>;
}

const run = promisify(execFile);
let postgres: Promise<Postgres & { pid: number }> | null = null;
let redis: Promise<string> | null = null;
let databases = 0;

/** A new database on a PostgreSQL server that all of a run share. */
export async function newDatabase(): Promise<SharedDatabase> {
  postgres ??= startOnDisk();
  const { create, run, pid } = await postgres;
  const name = `bench_${++databases}`;
  return {
    url: await create(name),
    cpu: () => familyCpu(pid),
    memory: () => familyMemory(pid),
    run: (statement) => run(name, statement),
  };
}

/** Of a Redis that all of a run share; nodes of one database hear only of one another. */
export function sharedRedis(): Promise<string> {
  redis ??= start();
  return redis;

  async function start(): Promise<string> {
    if (!hasRedis()) throw new Error('This needs the program redis-server.');
    const { url, stop } = await startRedis(randomBytes(16).toString('hex'));
    onCleanUp(async () => {
      redis = null;
      await stop();
    });
    return url;
  }
}

/**
 * The server of the tests keeps its files in memory. Commits wait for its write-ahead log, so that lies on the disk here, as
 * SQLite's file does.
 */
async function startOnDisk(): Promise<Postgres & { pid: number }> {
  const server = await startPostgres();
  const onDisk = await mkdtemp(join(tmpdir(), 'ticketrail-bench-wal-'));
  onCleanUp(async () => {
    postgres = null;
    await server.stop();
    await rm(onDisk, { recursive: true, force: true });
  });
  const [setting] = await server.run('postgres', 'show data_directory');
  const data = String(setting?.data_directory);
  const log = join(data, 'pg_wal');
  await server.kill();
  // PostgreSQL runs as another user than root.
  await chmod(onDisk, 0o755);
  await run('cp', ['-a', log, join(onDisk, 'pg_wal')]);
  await rm(log, { recursive: true });
  await run('ln', ['-s', join(onDisk, 'pg_wal'), log]);
  await server.startAgain();
  return { ...server, pid: Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]) };
}
