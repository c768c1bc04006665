import type { Migration } from '../migration.ts';

/** Sessions of pages, and tokens that stay valid for a while after their device got another. */
export const sessions: Migration = {
  number: 11,
  name: 'sessions',
  async up({ table, integer }) {
    await table('sessions')
      .addColumn('session_hash', 'text', (c) => c.primaryKey())
      .addColumn('device_id', 'text', (c) => c.references('devices.id'))
      .addColumn('proof', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addColumn('checksum', integer, (c) => c.notNull())
      .execute();
    await table('former_tokens')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('device_id', 'text', (c) => c.notNull().references('devices.id'))
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addColumn('checksum', integer, (c) => c.notNull())
      .execute();
  },
};
