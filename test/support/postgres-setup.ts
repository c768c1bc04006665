import { openDatabase } from '#server/database/open-database.ts';
import { TEMPLATE } from '#server/testing/postgres-databases.ts';
import { type Postgres, startPostgres } from '#server/testing/start-postgres.ts';

let postgres: Postgres | undefined;

/** One PostgreSQL server for all test files, with a migrated database that they copy. Its address is in the environment of the workers. */
export async function setup(): Promise<void> {
  postgres = await startPostgres();
  const url = await postgres.create(TEMPLATE);
  await (await openDatabase(url, { now: 0, onFault: console.error })).close();
  process.env.TICKETRAIL_POSTGRES = postgres.urlOf('postgres');
}

export async function teardown(): Promise<void> {
  await postgres?.stop();
}
