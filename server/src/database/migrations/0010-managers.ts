import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** A device may be a manager. SQLite cannot change a CHECK, so another column takes the place of `role`. */
export const managers: Migration = {
  number: 10,
  name: 'managers',
  async up({ db }) {
    const devices = () => db.schema.alterTable('devices');
    await devices()
      // SQLite adds no column without a default to existing rows; every insert names the role.
      .addColumn('new_role', 'text', (c) =>
        c.notNull().defaultTo('display').check(sql`new_role in ('display', 'integration', 'manager')`),
      )
      .execute();
    await sql`update devices set new_role = role`.execute(db);
    await devices().dropColumn('role').execute();
    await devices().renameColumn('new_role', 'role').execute();
  },
};
