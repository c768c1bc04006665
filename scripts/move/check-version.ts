import { Client } from 'pg';
import { allMigrations } from '#server/database/migrations/all-migrations.ts';
import { nameOfUrl } from '#server/database/postgres/name-of-url.ts';

/** How long to wait for a connection, ms. */
const CONNECT_MS = 10_000;

/**
 * Opening a PostgreSQL database migrates it, which is the server's matter: one of an older version may use it.
 *
 * @throws with one sentence if the newest migration of it is not this program's
 */
export async function checkVersion(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  const newest = await newestOf(client)
    .catch((error) => {
      throw new Error(`the database ${nameOfUrl(url)} cannot be read: ${error.message}`, { cause: error });
    })
    .finally(() => client.end());
  if (newest !== allMigrations.at(-1)?.number)
    throw new Error(
      `${nameOfUrl(url)} was last used by a server of another version, or by none; start the server of this version first`,
    );
}

async function newestOf(client: Client): Promise<number | null> {
  await client.connect();
  const { rows: tables } = await client.query("select to_regclass('migrations') is not null as known");
  if (!tables[0]?.known) return null;
  const { rows } = await client.query('select max(number) as newest from migrations');
  return rows[0]?.newest === null ? null : Number(rows[0]?.newest);
}
