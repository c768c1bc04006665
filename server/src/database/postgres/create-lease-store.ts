import { type Kysely, sql } from 'kysely';
import { DatabaseUnavailable } from '../database-unavailable.ts';
import type { Lease, LeaseStore } from '../lease-store.ts';
import type { Tables } from '../tables.ts';

/** By the database's clock, the one that all servers share; ms since 1970. */
const NOW = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
/** An end that is further away, in spans of a lease, is from before the clock was set back. */
const MOST_SPANS = 2;

/**
 * Leases in the table `leases`. A write of a holder locks its row `for key share`, which its own renewals do not wait for:
 * they leave the key alone. Taking a lease changes `fence`, a part of the key, so it waits for such writes, and later ones find
 * another number.
 */
export function createLeaseStore(db: Kysely<Tables>): LeaseStore {
  async function takeOne(work: string, holder: string, ms: number): Promise<Lease | undefined> {
    const { rows } = await sql<{ fence: number }>`
      insert into leases (work, holder, fence, expires_at) values (${work}, ${holder}, 1, ${NOW} + ${ms}::bigint)
      on conflict (work) do update
        set holder = excluded.holder, fence = leases.fence + 1, expires_at = excluded.expires_at
        where not ${isCurrent(ms)}
      returning fence`.execute(db);
    const [row] = rows;
    return row && { work, holder, fence: row.fence };
  }

  return {
    async take(works, holder, ms) {
      // The insert would lock the rows of leases that others have.
      const held = await sql<{ work: string }>`
        select work from leases where work in (${sql.join(works)}) and ${isCurrent(ms)}`.execute(db);
      const isFree = (work: string) => !held.rows.some((row) => row.work === work);
      const taken: Lease[] = [];
      for (const work of works.filter(isFree)) {
        const lease = await takeOne(work, holder, ms).catch(ifLocked);
        if (lease) taken.push(lease);
      }
      return taken;
    },
    async renew(leases, ms) {
      if (leases.length === 0) return [];
      const { rows } = await sql<Pick<Lease, 'work' | 'fence'>>`
        update leases set expires_at = ${NOW} + ${ms}::bigint
        where (work, holder, fence) in (${sql.join(leases.map(keyOf))})
        returning work, fence`.execute(db);
      return leases.filter((one) => rows.some(({ work, fence }) => work === one.work && fence === one.fence));
    },
    async release(lease) {
      await sql`update leases set expires_at = 0 where (work, holder, fence) in (${keyOf(lease)})`.execute(db);
    },
    async isHeld(tx, lease) {
      const { rows } = await sql`
        select 1 from leases where (work, holder, fence) in (${keyOf(lease)}) for key share`.execute(tx);
      return rows.length > 0;
    },
  };
}

const isCurrent = (ms: number) => sql`(leases.expires_at between ${NOW} and ${NOW} + ${ms * MOST_SPANS}::bigint)`;
const keyOf = ({ work, holder, fence }: Lease) => sql`(${work}, ${holder}, ${fence}::bigint)`;

/** The former holder still writes, or its connection is not ended yet: it is tried again. */
function ifLocked(error: unknown): undefined {
  if (!(error instanceof DatabaseUnavailable) || error.fault !== 'retry') throw error;
}
