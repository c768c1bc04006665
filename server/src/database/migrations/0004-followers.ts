import type { Migration } from '../migration.ts';

/** The cursors of durable followers. */
export const followers: Migration = {
  number: 4,
  name: 'followers',
  async up({ table, integer }) {
    await table('followers')
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('epoch', 'text', (c) => c.notNull())
      .addColumn('cursor', integer, (c) => c.notNull())
      .addColumn('hash', 'text')
      .addPrimaryKeyConstraint('followers_pk', ['name', 'store_id'])
      .execute();
  },
};
