import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Escalations: one per order and kind, never repeated. */
export const escalations: Migration = {
  number: 2,
  name: 'escalations',
  async up({ db, table }) {
    await table('escalations')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('undelivered', 'unacknowledged', 'no_display')`))
      .addColumn('order_id', 'text', (c) => c.notNull())
      .addColumn('order_number', 'text', (c) => c.notNull())
      .addColumn('raised_at', 'text', (c) => c.notNull())
      .addColumn('resolved_at', 'text')
      .addUniqueConstraint('escalations_once', ['order_id', 'kind'])
      .execute();
    await db.schema.createIndex('escalations_of_store').on('escalations').columns(['store_id', 'id']).execute();
    await db.schema
      .createIndex('escalations_open')
      .on('escalations')
      .column('store_id')
      .where(sql.ref('resolved_at'), 'is', null)
      .execute();
  },
};
