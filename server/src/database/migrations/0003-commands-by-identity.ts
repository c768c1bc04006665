import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/**
 * Commands are identified by commandId instead of a number per device (ADR 22). Keeps the stored answers, without their
 * numbers, and the causes of those changes whose command is still in the ledger.
 */
export const commandsByIdentity: Migration = {
  number: 3,
  name: 'commands by identity',
  async up({ db, table }) {
    await db.schema.alterTable('changes').addColumn('cause_command', 'text').execute();
    await sql`update changes set cause_command = (select command_id from commands
      where commands.device_id = changes.cause_device and commands.n = changes.cause_n)
      where cause_n is not null`.execute(db);
    await db.schema.alterTable('changes').dropColumn('cause_n').execute();
    await db.schema.alterTable('devices').dropColumn('last_n').execute();

    await table('commands_by_id')
      .addColumn('device_id', 'text', (c) => c.notNull().references('devices.id'))
      .addColumn('command_id', 'text', (c) => c.notNull())
      .addColumn('result', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('commands_by_id_pk', ['device_id', 'command_id'])
      .execute();
    // The results were written as {"n":…,"commandId":…, so their numbers can be cut off as text in any dialect.
    await sql`insert into commands_by_id (device_id, command_id, result, at)
      select device_id, command_id, '{' || substr(result, length('{"n":' || n || ',') + 1), at from commands
      where true order by n
      on conflict do nothing`.execute(db);
    await db.schema.dropTable('commands').execute();
    await db.schema.alterTable('commands_by_id').renameTo('commands').execute();
    await db.schema.createIndex('commands_by_time').on('commands').column('at').execute();
  },
};
