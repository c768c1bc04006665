import type { Migration } from '../migration.ts';

/** What a store takes now. A store without a row takes everything. */
export const availability: Migration = {
  number: 9,
  name: 'availability',
  async up({ table, integer }) {
    await table('availability')
      .addColumn('store_id', 'text', (c) => c.primaryKey().references('stores.id'))
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('checksum', integer, (c) => c.notNull())
      .addColumn('second_copy', 'text', (c) => c.notNull())
      .execute();
  },
};
