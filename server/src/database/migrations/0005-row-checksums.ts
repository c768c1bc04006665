import type { Migration } from '../migration.ts';

/**
 * A checksum for each order and change, null in rows of before. Orders of which nothing is readable are set aside in
 * `damaged_orders`.
 */
export const rowChecksums: Migration = {
  number: 5,
  name: 'row checksums',
  async up({ db, table, integer }) {
    for (const name of ['orders', 'changes']) await db.schema.alterTable(name).addColumn('checksum', integer).execute();
    await table('damaged_orders')
      .addColumn('order_id', 'text', (c) => c.primaryKey())
      .addColumn('store_id', 'text', (c) => c.notNull())
      .addColumn('found_at', 'text', (c) => c.notNull())
      .addColumn('order_row', 'text', (c) => c.notNull())
      .execute();
  },
};
