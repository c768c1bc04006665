import { sql } from 'kysely';
import type { Migration, Schema } from '../migration.ts';

/** The initial schema: stores and their logs, orders, devices, the command ledger. */
export const firstOrder: Migration = {
  number: 1,
  name: 'first order',
  async up(schema) {
    await stores(schema);
    await log(schema);
    await orders(schema);
    await devices(schema);
  },
};

async function stores({ table, integer }: Schema): Promise<void> {
  await table('stores')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await table('number_counters')
    .addColumn('store_id', 'text', (c) => c.primaryKey().references('stores.id'))
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('last', integer, (c) => c.notNull())
    .execute();
}

async function log({ db, table, integer }: Schema): Promise<void> {
  await table('store_logs')
    .addColumn('store_id', 'text', (c) => c.primaryKey().references('stores.id'))
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('head', integer, (c) => c.notNull())
    .addColumn('head_hash', 'text')
    .addColumn('min_seq', integer, (c) => c.notNull())
    .addColumn('floor_hash', 'text')
    .execute();
  await table('changes')
    .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
    .addColumn('seq', integer, (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('event_id', 'text', (c) => c.notNull())
    .addColumn('order_id', 'text', (c) => c.notNull())
    .addColumn('version', integer, (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_role', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull())
    .addColumn('by_name', 'text', (c) => c.notNull())
    .addColumn('cause_device', 'text')
    .addColumn('cause_n', integer)
    .addColumn('previous_status', 'text')
    .addColumn('reason', 'text')
    .addColumn('body', 'text')
    .addPrimaryKeyConstraint('changes_pk', ['store_id', 'seq'])
    .execute();
  await db.schema.createIndex('changes_of_order').on('changes').columns(['order_id', 'seq']).unique().execute();
}

async function orders({ db, table, integer }: Schema): Promise<void> {
  await table('orders')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
    .addColumn('status', 'text', (c) =>
      c.notNull().check(sql`status in
        ('pending', 'preparing', 'ready', 'delivering', 'completed', 'rejected', 'cancelled')`),
    )
    .addColumn('version', integer, (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('due_at', 'text')
    .addColumn('started_at', 'text')
    .addColumn('ready_at', 'text')
    .addColumn('total_minor', integer, (c) => c.notNull())
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .execute();
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('orders').columns(columns).execute();
  await index('orders_by_status', ['store_id', 'status', 'created_at', 'id']);
  // The columns after `id` let statistics be read from the index alone.
  const figures = ['status', 'total_minor', 'due_at', 'started_at', 'ready_at'];
  await index('orders_by_time', ['store_id', 'created_at', 'id', ...figures]);
  await index('orders_by_change', ['store_id', 'updated_at']);
  await index('orders_of_all_stores', ['created_at', 'id']);
  await table('former_orders')
    .addColumn('order_id', 'text', (c) => c.primaryKey())
    .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
    .addColumn('last_seq', integer, (c) => c.notNull())
    .addColumn('last_at', 'text', (c) => c.notNull())
    .execute();
  await table('external_ids')
    .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
    .addColumn('external_id', 'text', (c) => c.notNull())
    .addColumn('order_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('external_ids_pk', ['store_id', 'external_id'])
    .execute();
}

async function devices({ db, table, integer }: Schema): Promise<void> {
  await table('devices')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull().check(sql`role in ('display', 'integration')`))
    .addColumn('token_hash', 'text', (c) => c.unique())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('last_seen_at', 'text')
    .addColumn('cursor', integer)
    .addColumn('last_n', integer, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('devices_of_store').on('devices').columns(['store_id', 'created_at']).execute();
  await table('pairing_codes')
    .addColumn('code_hash', 'text', (c) => c.primaryKey())
    .addColumn('store_id', 'text', (c) => c.notNull().references('stores.id'))
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('wrong_tries', integer, (c) => c.notNull())
    .execute();
  await table('commands')
    .addColumn('device_id', 'text', (c) => c.notNull().references('devices.id'))
    .addColumn('n', integer, (c) => c.notNull())
    .addColumn('command_id', 'text', (c) => c.notNull())
    .addColumn('result', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('commands_pk', ['device_id', 'n'])
    .execute();
  await db.schema.createIndex('commands_by_time').on('commands').column('at').execute();
  await table('idempotency_keys')
    .addColumn('caller_id', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('answer', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_pk', ['caller_id', 'key'])
    .execute();
  await db.schema.createIndex('idempotency_keys_by_time').on('idempotency_keys').column('at').execute();
}
