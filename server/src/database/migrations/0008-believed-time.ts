import type { Migration } from '../migration.ts';

/** The newest time at which the server's clock was believed. One row. */
export const believedTime: Migration = {
  number: 8,
  name: 'believed time',
  async up({ table, integer }) {
    await table('believed_time')
      .addColumn('only', integer, (c) => c.primaryKey())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('doubted_ms', integer, (c) => c.notNull())
      .addColumn('checksum', integer, (c) => c.notNull())
      .execute();
  },
};
