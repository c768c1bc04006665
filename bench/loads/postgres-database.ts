import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Postgres, startPostgres } from '#server/testing/start-postgres.ts';
import { onCleanUp } from '../support.ts';

const run = promisify(execFile);
let server: Promise<Postgres> | null = null;
let databases = 0;

/** A new database on a PostgreSQL server that all of a run share. @returns its URL */
export async function databaseOfNodes(): Promise<string> {
  server ??= startOnDisk();
  return (await server).create(`bench_${++databases}`);
}

/**
 * The server of the tests keeps its files in memory. Commits wait for its write-ahead log, so that lies on the disk here, as
 * SQLite's file does.
 */
async function startOnDisk(): Promise<Postgres> {
  const postgres = await startPostgres();
  const onDisk = await mkdtemp(join(tmpdir(), 'ticketrail-bench-wal-'));
  onCleanUp(async () => {
    server = null;
    await postgres.stop();
    await rm(onDisk, { recursive: true, force: true });
  });
  const [setting] = await postgres.run('postgres', 'show data_directory');
  const log = join(String(setting?.data_directory), 'pg_wal');
  await postgres.kill();
  // PostgreSQL runs as another user than root.
  await chmod(onDisk, 0o755);
  await run('cp', ['-a', log, join(onDisk, 'pg_wal')]);
  await rm(log, { recursive: true });
  await run('ln', ['-s', join(onDisk, 'pg_wal'), log]);
  await postgres.startAgain();
  return postgres;
}
