import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What tills printed to sources of the kind `print`: the orders are made from it, and rules are tried on it. */
export const caughtJobs: Migration = {
  number: 18,
  name: 'caught jobs',
  async up({ db, table, integer }) {
    await table('caught_jobs')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('source_id', 'text', (c) => c.notNull().references('sources.id'))
      .addColumn('at', integer, (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addColumn('content', 'text', (c) => c.notNull())
      .addColumn('printed', 'text', (c) => c.notNull())
      .addColumn('taken', integer, (c) => c.notNull().check(sql`taken in (0, 1)`))
      .execute();
    await db.schema.createIndex('caught_jobs_of_source').on('caught_jobs').columns(['source_id', 'at']).execute();
  },
};
