import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The servers that use the database at the moment, and the displays that are live on each. */
export const nodes: Migration = {
  number: 20,
  name: 'nodes',
  async up({ db, dialect, table, integer }) {
    // A SQLite file has one server.
    if (dialect === 'sqlite') return;
    // What is lost when the database server crashes is written again within a second, so it costs no flush.
    const unlogged = sql`unlogged`;
    await table('nodes')
      .modifyFront(unlogged)
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('version', integer, (c) => c.notNull())
      .addColumn('seen_ms', integer, (c) => c.notNull())
      .execute();
    await table('node_displays')
      .modifyFront(unlogged)
      .addColumn('node_id', 'text', (c) => c.notNull().references('nodes.id').onDelete('cascade'))
      .addColumn('device_id', 'text', (c) => c.notNull())
      .addColumn('since', 'text')
      .addColumn('connected', integer, (c) => c.notNull().check(sql`connected in (0, 1)`))
      .addColumn('cursor', integer)
      .addColumn('version', integer, (c) => c.notNull())
      .addPrimaryKeyConstraint('node_displays_pk', ['node_id', 'device_id'])
      .execute();
    await db.schema
      .createIndex('node_displays_by_version')
      .on('node_displays')
      .columns(['node_id', 'version'])
      .execute();
  },
};
