import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, sql, type Transaction } from 'kysely';
import type { Database, OpenOptions } from '../database.ts';
import { DatabaseUnavailable } from '../database-unavailable.ts';
import { migrate } from '../migrate.ts';
import { allMigrations } from '../migrations/all-migrations.ts';
import type { StoreLogRow, Tables } from '../tables.ts';
import { createLeaseStore } from './create-lease-store.ts';
import { createNodeStore } from './create-node-store.ts';
import { createPool, type PoolLimits } from './create-pool.ts';
import { describePostgresError } from './describe-postgres-error.ts';
import { nameOfUrl } from './name-of-url.ts';
import { postgresDialect } from './postgres-dialect.ts';

/** Most connections of one node: for writes, one transaction of a store each; for reads; for long reads. */
const WRITES = 8;
const READS = 8;
const LONG_READS = 2;
/** What a node says of itself must not wait for writes or reads. */
const NODES = 1;
/** Renewals of leases must not wait for writes or reads. */
const LEASES = 1;
/** How long a start waits for a server that starts too, ms. */
const START_WITHIN_MS = 15_000;
const TRY_EVERY_MS = 500;
/** The oldest version that is still maintained, and that has all functions which the migrations use. */
const OLDEST_VERSION = 14;
/** The name of a connection, with the number of the newest migration that its program has. */
const PROGRAM = 'ticketrail ';
/** Advisory locks, numbers of our own: of those who migrate, and of writes that concern no store. */
const MIGRATING = 7_420_001;
const NO_STORE = 7_420_002;

/**
 * Connects to a PostgreSQL server and migrates the database, which must exist.
 *
 * @param url `postgres://user:password@host:port/database`
 * @throws with one readable sentence if it cannot be used
 */
export async function openPostgres(url: string, options: OpenOptions): Promise<Database> {
  const opened: Kysely<Tables>[] = [];
  const { migrations = allMigrations, onFault } = options;
  const name = `${PROGRAM}${Math.max(...migrations.map(({ number }) => number))}`;
  const connect = (limits: Omit<PoolLimits, 'name'>): Kysely<Tables> => {
    const db = new Kysely<Tables>({ dialect: postgresDialect(createPool(url, { ...limits, name }, onFault), onFault) });
    opened.push(db);
    return db;
  };
  const close = async () => void (await Promise.all(opened.map((db) => db.destroy())));
  try {
    const writes = connect({ max: WRITES });
    await firstAnswer(writes);
    await checkServer(writes);
    await prepare(writes, options);
    const nodes = connect({ max: NODES });
    return {
      db: connect({ max: READS }),
      writes,
      longReads: connect({ max: LONG_READS, isSlow: true }),
      identity: await identityOf(writes),
      readTime: () => readTime(nodes),
      nodes: createNodeStore(nodes),
      laneOf: (storeId) => storeId ?? '',
      lock,
      leases: createLeaseStore(connect({ max: LEASES })),
      isReadDurable: true,
      // The server itself notices if its files are gone.
      verify() {},
      indexesRebuilt: false,
      async reindexOrders(tx) {
        await sql`reindex table orders`.execute(tx);
        await sql`reindex table order_search`.execute(tx);
      },
      close,
    };
  } catch (error) {
    await close();
    throw new Error(`the database ${nameOfUrl(url)} cannot be used: ${sentence(error)}`, { cause: error });
  }
}

/** Waits for a server that does not answer yet, as when both start together. */
async function firstAnswer(db: Kysely<Tables>): Promise<void> {
  for (const until = performance.now() + START_WITHIN_MS; ; await pause(TRY_EVERY_MS)) {
    try {
      await sql`select 1`.execute(db);
      return;
    } catch (error) {
      if (!isPassing(error) || performance.now() > until) throw error;
    }
  }
}

/** A wrong password or database does not pass. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof DatabaseUnavailable)) return false;
  const code = (error.cause as { code?: string } | null)?.code ?? '';
  return !/^(28|3D|42)/.test(code) && !['ENOTFOUND', 'ENOENT'].includes(code);
}

/** Whether what a COMMIT reports is on the disk, and text is what we wrote. */
async function checkServer(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<Record<'version' | 'encoding' | 'fsync' | 'pages' | 'waits' | 'standby', string>>`
    select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
      current_setting('synchronous_commit') as waits, pg_is_in_recovery()::text as standby`.execute(db);
  const [found] = rows;
  if (!found) throw new Error('it does not answer');
  const version = Math.floor(Number(found.version) / 10_000);
  if (version < OLDEST_VERSION) throw new Error(`it is PostgreSQL ${version}; ${OLDEST_VERSION} or newer is needed`);
  if (found.standby === 'true') throw new Error('it is a standby, which may only be read; name the primary server');
  if (found.encoding !== 'UTF8') throw new Error(`its encoding is ${found.encoding}; create it with UTF8`);
  for (const [name, value] of [
    ['fsync', found.fsync],
    ['full_page_writes', found.pages],
    ['synchronous_commit', found.waits],
  ])
    if (value === 'off') throw new Error(`it is not durable: switch ${name} on`);
}

/** The number of the server's files, which a standby shares with its primary, and the database. */
async function identityOf(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ identity: string }>`
    select system_identifier::text || ' ' || current_database() as identity from pg_control_system()`.execute(db);
  return rows[0]?.identity ?? '';
}

async function readTime(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(db);
  if (!rows[0]) throw new Error('it does not say what time it is');
  return rows[0].ms;
}

async function prepare(db: Kysely<Tables>, { now, migrations = allMigrations }: OpenOptions): Promise<void> {
  await migrate(db as unknown as Kysely<never>, {
    dialect: 'postgres',
    migrations,
    now,
    async lock(tx) {
      // Several nodes may start at the same time, and a migration may take long.
      await sql`set local lock_timeout = '10min'`.execute(tx);
      await sql`set local statement_timeout = 0`.execute(tx);
      await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATING)})`.execute(tx);
    },
    checkOthers,
    // Its operators back it up.
    async backUp() {},
  });
}

/** @throws if a program with an older newest migration is connected */
async function checkOthers(tx: Transaction<unknown>, number: number): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select application_name as name from pg_stat_activity
    where datname = current_database() and application_name like ${`${PROGRAM.trim()}%`}`.execute(tx);
  const versions = rows.map(({ name }) => Number(name.slice(PROGRAM.length)) || 0);
  if (versions.some((version) => version < number))
    throw new Error(
      'servers of an older version use it, which cannot work with it as this version needs it: stop them, then start this one',
    );
}

/** As our ids of stores are; what somebody made up may be anything. */
const PLAIN = /^[\w-]+$/;
/** Without parameters, so that it travels together with the `begin` (`postgres-dialect.ts`). */
async function lock(tx: Transaction<Tables>, storeIds: ReadonlySet<string | null>): Promise<StoreLogRow[]> {
  if (storeIds.has(null)) await sql`select pg_advisory_xact_lock(${sql.lit(NO_STORE)})`.execute(tx);
  const stores = [...storeIds].filter((one) => one !== null);
  if (stores.length === 0) return [];
  const { rows } = await sql<StoreLogRow>`
    select * from store_logs where store_id in (${sql.join(stores.map((id) => (PLAIN.test(id) ? sql.lit(id) : id)))})
    order by store_id for update`.execute(tx);
  return rows;
}

const sentence = (error: unknown): string =>
  describePostgresError(error) ?? (error instanceof Error ? error.message : String(error));
