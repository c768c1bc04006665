import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Printers of the stores, and the ledger of what they print, so that nothing prints twice. */
export const printers: Migration = {
  number: 17,
  name: 'printers',
  async up({ db, table, integer }) {
    await table('printers')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('model', 'text', (c) => c.notNull())
      .addColumn('occasions', 'text', (c) => c.notNull())
      .addColumn('station', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('checksum', integer, (c) => c.notNull())
      .addColumn('second_copy', 'text', (c) => c.notNull())
      .execute();
    await table('prints')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('printer_id', 'text', (c) => c.notNull().references('printers.id'))
      .addColumn('order_id', 'text')
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('request', 'text', (c) => c.notNull())
      .addColumn('seq', integer)
      .addColumn('state', 'text', (c) =>
        c.notNull().check(sql`state in ('watched', 'waiting', 'sending', 'printed', 'given_up')`),
      )
      .addColumn('reprint', integer, (c) => c.notNull().check(sql`reprint in (0, 1)`))
      .addColumn('trouble', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addUniqueConstraint('one_print', ['printer_id', 'request'])
      .execute();
    await db.schema.createIndex('printers_of_store').on('printers').column('store_id').execute();
    await db.schema.createIndex('prints_of_order').on('prints').column('order_id').execute();
    await db.schema.createIndex('prints_of_printer').on('prints').columns(['printer_id', 'state', 'id']).execute();
  },
};
