import { join } from 'node:path';
import { newPostgresDatabase, postgresUrl, type TestDatabase } from '#server/testing/postgres-databases.ts';

const databases = new Map<string, TestDatabase>();

/**
 * `DATABASE_URL` for a server with this folder: a file in it, or in a test run on PostgreSQL a database, the same one each time.
 */
export async function databaseOf(folder: string): Promise<string> {
  if (postgresUrl() === null) return `file:${join(folder, 'server.db')}`;
  const database = databases.get(folder) ?? (await newPostgresDatabase());
  databases.set(folder, database);
  return database.url;
}

/** Removes its database on PostgreSQL; a file goes with the folder. */
export async function dropDatabaseOf(folder: string): Promise<void> {
  await databases.get(folder)?.drop();
  databases.delete(folder);
}
