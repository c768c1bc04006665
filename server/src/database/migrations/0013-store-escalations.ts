import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Escalations of a store's printers, webhooks and sources. SQLite cannot change constraints, so the table is copied. */
export const storeEscalations: Migration = {
  number: 13,
  name: 'store escalations',
  async up({ db, table }) {
    await table('all_escalations')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('kind', 'text', (c) =>
        c.notNull().check(sql`kind in ('undelivered', 'unacknowledged', 'no_display', 'printer', 'webhook', 'source')`),
      )
      .addColumn('order_id', 'text')
      .addColumn('order_number', 'text')
      .addColumn('subject', 'text')
      .addColumn('detail', 'text')
      .addColumn('raised_at', 'text', (c) => c.notNull())
      .addColumn('resolved_at', 'text')
      .addUniqueConstraint('escalations_once_per_order', ['order_id', 'kind'])
      .addCheckConstraint(
        'escalations_about',
        sql`(order_id is not null and order_number is not null and subject is null and detail is null)
          or (order_id is null and order_number is null and subject is not null and detail is not null)`,
      )
      .execute();
    await sql`insert into all_escalations
      select id, store_id, kind, order_id, order_number, null, null, raised_at, resolved_at from escalations`.execute(
      db,
    );
    await db.schema.dropTable('escalations').execute();
    await db.schema.alterTable('all_escalations').renameTo('escalations').execute();
    const isOpen = sql<boolean>`resolved_at is null`;
    const index = (name: string) => db.schema.createIndex(name).on('escalations');
    await index('escalations_of_store').columns(['store_id', 'id']).execute();
    await index('escalations_open').column('store_id').where(isOpen).execute();
    await index('escalations_open_once').unique().columns(['store_id', 'kind', 'subject']).where(isOpen).execute();
  },
};
