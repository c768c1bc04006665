import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** The migrated database that is copied for each test. */
export const TEMPLATE = 'ticketrail_template';

/** The server of this test run; null: the tests run on SQLite. */
export const postgresUrl = (): string | null =>
  process.env.TICKETRAIL_TEST_DATABASE === 'postgres' ? (process.env.TICKETRAIL_POSTGRES ?? null) : null;

export interface TestDatabase {
  url: string;
  /** Runs one statement in it, like another program. */
  run(statement: string): Promise<Record<string, unknown>[]>;
  /** Changes rows like a faulty disk, which knows no foreign keys. */
  damage(statement: string): Promise<void>;
  /** Ends all connections to it and removes it. */
  drop(): Promise<void>;
}

/** A new database on the server of this test run. @param template null: an empty one */
export async function newPostgresDatabase(template: string | null = TEMPLATE): Promise<TestDatabase> {
  const server = postgresUrl();
  if (server === null) throw new Error('run this with TICKETRAIL_TEST_DATABASE=postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  await runAt(server, `create database ${name} ${template === null ? '' : `template ${template}`}`);
  return {
    url,
    run: (statement) => runAt(url, statement),
    damage: async (statement) => void (await runAt(url, `set session_replication_role = replica; ${statement}`)),
    drop: async () => void (await runAt(server, `drop database if exists ${name} with (force)`)),
  };
}

async function runAt(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
