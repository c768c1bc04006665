import type { Kysely } from 'kysely';
import type { KeptJob } from '#capture/kept-job.ts';
import type { Printed } from '#capture/printed.ts';
import type { Tables } from '../../database/tables.ts';
import type { CaughtJobRow } from '../source-tables.ts';

export const keptFrom = ({ id, at, printed }: CaughtJobRow): KeptJob => ({
  id,
  at: Number(at),
  printed: JSON.parse(printed) as Printed,
});

/** The newest jobs of a source, newest first. */
export async function newestJobs(db: Kysely<Tables>, sourceId: string, count: number): Promise<KeptJob[]> {
  const rows = await db
    .selectFrom('caught_jobs')
    .selectAll()
    .where('source_id', '=', sourceId)
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
  return rows.map(keptFrom);
}

/** undefined: it is not kept. */
export async function findJob(db: Kysely<Tables>, sourceId: string, id: string): Promise<KeptJob | undefined> {
  const row = await db
    .selectFrom('caught_jobs')
    .selectAll()
    .where('source_id', '=', sourceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && keptFrom(row);
}
