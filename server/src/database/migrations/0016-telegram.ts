import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Chats of Telegram, the codes that link them, and their messages. */
export const telegram: Migration = {
  number: 16,
  name: 'telegram',
  async up({ db, table, integer }) {
    await table('telegram_codes')
      .addColumn('code_hash', 'text', (c) => c.primaryKey())
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('mode', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .execute();
    await table('telegram_chats')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('chat_id', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('mode', 'text', (c) => c.notNull().check(sql`mode in ('always', 'fallback')`))
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('checksum', integer, (c) => c.notNull())
      .addColumn('second_copy', 'text', (c) => c.notNull())
      .addUniqueConstraint('telegram_chats_once', ['store_id', 'chat_id'])
      .execute();
    await table('telegram_messages')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
      .addColumn('chat_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('order', 'escalation')`))
      .addColumn('about', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) =>
        c.notNull().check(sql`state in ('waiting', 'sending', 'sent', 'unknown', 'given_up')`),
      )
      .addColumn('due_at', 'text')
      .addColumn('message_id', integer)
      .addColumn('alert', 'text')
      .addColumn('asking', integer, (c) => c.notNull().check(sql`asking in (0, 1)`))
      .addColumn('shown', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addUniqueConstraint('telegram_messages_once', ['chat_id', 'about'])
      .execute();
    await table('telegram_offsets')
      .addColumn('bot_id', 'text', (c) => c.primaryKey())
      .addColumn('next_update', integer, (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .execute();
    // Each holds only what is under way, however many messages there are.
    await db.schema
      .createIndex('telegram_messages_due')
      .on('telegram_messages')
      .columns(['chat_id', 'id'])
      .where(sql.ref('due_at'), 'is not', null)
      .execute();
    await db.schema
      .createIndex('telegram_messages_alert')
      .on('telegram_messages')
      .columns(['about', 'alert'])
      .where(sql.ref('alert'), 'is not', null)
      .execute();
    await db.schema.createIndex('telegram_messages_about').on('telegram_messages').column('about').execute();
  },
};
