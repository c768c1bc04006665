import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Each order's `customer.ref` in a column, so that a customer's orders are found by an index. */
export const ordersOfCustomers: Migration = {
  number: 12,
  name: 'orders of customers',
  async up({ db, dialect }) {
    await db.schema.alterTable('orders').addColumn('customer_ref', 'text').execute();
    // A damaged order gets its own when it is mended.
    if (dialect === 'sqlite')
      await sql`update orders set customer_ref = json_extract(body, '$.customer.ref')
        where json_valid(body) and json_type(body, '$.customer.ref') = 'text'`.execute(db);
    await sql`create index orders_of_customers on orders (store_id, customer_ref, created_at, id)
      where customer_ref is not null`.execute(db);
  },
};
