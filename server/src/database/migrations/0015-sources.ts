import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Sources of orders, what is known of each of their orders, and what waits to be asked and said there. */
export const sources: Migration = {
  number: 15,
  name: 'sources',
  async up({ db, table, integer }) {
    await table('sources')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('settings', 'text', (c) => c.notNull())
      .addColumn('secret', 'text', (c) => c.notNull())
      .addColumn('enabled', integer, (c) => c.notNull().check(sql`enabled in (0, 1)`))
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('events_url', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('checksum', integer, (c) => c.notNull())
      .addColumn('second_copy', 'text', (c) => c.notNull())
      .addColumn('cursor', 'text')
      .addColumn('pulled_at', 'text')
      .addColumn('failing_since', 'text')
      .addColumn('problem', 'text')
      .execute();
    await table('source_marks')
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('their_id', 'text', (c) => c.notNull())
      .addColumn('order_id', 'text', (c) => c.notNull())
      .addColumn('mark', integer, (c) => c.notNull())
      .addColumn('content', 'text', (c) => c.notNull())
      .addColumn('their_status', 'text', (c) => c.notNull())
      .addColumn('agreed', 'text')
      .addPrimaryKeyConstraint('source_marks_pk', ['store_id', 'kind', 'account', 'their_id'])
      .execute();
    await table('source_entries')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('source_id', 'text', (c) => c.notNull().references('sources.id'))
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('what', 'text', (c) => c.notNull())
      .addColumn('external_id', 'text')
      .addColumn('outcome', 'text', (c) => c.notNull())
      .addColumn('detail', 'text')
      .execute();
    await table('source_bells')
      .addColumn('source_id', 'text', (c) => c.notNull().references('sources.id'))
      .addColumn('their_id', 'text', (c) => c.notNull())
      .addColumn('rung', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('source_bells_pk', ['source_id', 'their_id'])
      .execute();
    await table('source_pushes')
      .addColumn('source_id', 'text', (c) => c.notNull().references('sources.id'))
      .addColumn('order_id', 'text', (c) => c.notNull())
      .addColumn('their_id', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('since', 'text', (c) => c.notNull())
      .addColumn('tries', integer, (c) => c.notNull())
      .addColumn('due_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('source_pushes_pk', ['source_id', 'order_id'])
      .execute();
    await db.schema.createIndex('sources_of_store').on('sources').column('store_id').execute();
    await db.schema.createIndex('source_marks_of_order').on('source_marks').column('order_id').execute();
    await db.schema.createIndex('source_entries_of_source').on('source_entries').columns(['source_id', 'id']).execute();
  },
};
