import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Outgoing webhooks, their messages that are not in the log, and what became of each message. */
export const webhooks: Migration = {
  number: 14,
  name: 'webhooks',
  async up({ db, table, integer }) {
    await table('webhooks')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('url', 'text', (c) => c.notNull())
      .addColumn('events', 'text')
      .addColumn('disabled', integer, (c) => c.notNull().check(sql`disabled in (0, 1)`))
      .addColumn('secret', 'text', (c) => c.notNull())
      .addColumn('old_secret', 'text')
      .addColumn('old_secret_until', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('checksum', integer, (c) => c.notNull())
      .addColumn('second_copy', 'text', (c) => c.notNull())
      .addColumn('news_cursor', integer, (c) => c.notNull())
      .addColumn('failing_since', 'text')
      .execute();
    await table('webhook_news')
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('number', integer, (c) => c.notNull())
      .addColumn('webhook_id', 'text')
      .addColumn('message_id', 'text', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('webhook_news_pk', ['store_id', 'number'])
      .execute();
    await table('webhook_deliveries')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('webhook_id', 'text', (c) => c.notNull().references('webhooks.id'))
      .addColumn('message_id', 'text', (c) => c.notNull())
      .addColumn('seq', integer)
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('waiting', 'delivered', 'undeliverable')`))
      .addColumn('tries', 'text', (c) => c.notNull())
      .addColumn('next_try_at', 'text')
      .execute();
    await db.schema.createIndex('webhooks_of_store').on('webhooks').column('store_id').execute();
    await db.schema
      .createIndex('webhook_deliveries_of_webhook')
      .on('webhook_deliveries')
      .columns(['webhook_id', 'state', 'id'])
      .execute();
  },
};
