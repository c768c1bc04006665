import { Pool, type PoolConfig, types } from 'pg';

/** A statement that takes longer is ended by the server, ms. */
const STATEMENT_MS = 10_000;
/** How long a statement waits for a row that another transaction has locked, ms; longer waits are left to retries. */
const LOCK_MS = 1_000;
/**
 * After this the server ends a transaction whose node is gone or paused, and with it the lock of its store, ms: less than the
 * write queue of another node waits for it. A node that was only busy runs it again.
 */
const IDLE_MS = 4_000;
/** No answer of any kind: the network is cut, ms. */
const ANSWER_MS = STATEMENT_MS + 2_000;
/** How long a caller waits for a free connection, or for a new one, ms. */
const CONNECT_MS = 10_000;

/** OIDs of `bigint`, which sums and counts also are, and of `numeric`, which sums of `bigint` are. */
const NUMBERS = new Set<number>([types.builtins.INT8, types.builtins.NUMERIC]);

export interface PoolLimits {
  /** Shown by the server for each connection. */
  name: string;
  /** Most connections at a time. */
  max: number;
  /** Long reads: no limit of time. */
  isSlow?: boolean;
}

/** Connections to a server; each is made when it is needed. What goes wrong with an idle one is reported, and it is dropped. */
export function createPool(
  url: string,
  { name, max, isSlow = false }: PoolLimits,
  onFault: (error: unknown) => void,
): Pool {
  const config: PoolConfig = {
    connectionString: url,
    max,
    application_name: name,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    connectionTimeoutMillis: CONNECT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: isSlow ? 60_000 : IDLE_MS,
    ...(!isSlow && { statement_timeout: STATEMENT_MS, query_timeout: ANSWER_MS }),
    types: {
      // Only the search key may be above 2^53, and it is read as text.
      getTypeParser: ((oid: number, format?: 'text') =>
        NUMBERS.has(oid) ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  };
  const pool = new Pool(config);
  pool.on('error', onFault);
  // Before anybody gets it: an error that nobody listens to ends the process, and one may come with the first answer.
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}
