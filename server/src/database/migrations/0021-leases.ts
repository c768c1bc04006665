import type { Migration } from '../migration.ts';

/** Which server does each kind of work, where there may be several; and how often a webhook was changed while it delivers. */
export const leases: Migration = {
  number: 21,
  name: 'leases',
  async up({ db, dialect, table, integer }) {
    await db.schema
      .alterTable('webhooks')
      .addColumn('revision', integer, (c) => c.notNull().defaultTo(0))
      .execute();
    // A SQLite file has one server.
    if (dialect === 'sqlite') return;
    await table('leases')
      .addColumn('work', 'text', (c) => c.primaryKey())
      .addColumn('holder', 'text', (c) => c.notNull())
      .addColumn('fence', integer, (c) => c.notNull())
      .addColumn('expires_at', integer, (c) => c.notNull())
      // Whoever changes the number waits for those who hold the row `for key share`.
      .addUniqueConstraint('leases_fence', ['work', 'fence'])
      .execute();
  },
};
