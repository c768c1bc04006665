import { sql } from 'kysely';
import { rowChecksum } from '#sqlite/row-checksum.ts';
import type { Migration } from '../migration.ts';

const COLUMNS = ['store_id', 'kind', 'account', 'their_id', 'order_id', 'mark', 'content', 'their_status', 'agreed'];
/** Rows between two reads, so that memory does not depend on how many there are. */
const SLICE = 1_000;

/** A checksum and a second copy of what is known of a source's orders. */
export const marksTwice: Migration = {
  number: 19,
  name: 'marks twice',
  async up({ db, integer }) {
    const add = () => db.schema.alterTable('source_marks');
    await add()
      .addColumn('checksum', integer, (c) => c.notNull().defaultTo(0))
      .execute();
    await add()
      .addColumn('second_copy', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    for (;;) {
      const { rows } = await sql<Record<string, unknown>>`
        select * from source_marks where second_copy = '' limit ${SLICE}`.execute(db);
      for (const row of rows) {
        const values = COLUMNS.map((column) => row[column]);
        const { store_id, kind, account, their_id } = row;
        await sql`update source_marks set checksum = ${rowChecksum(values)}, second_copy = ${JSON.stringify(values)}
          where store_id = ${store_id} and kind = ${kind} and account = ${account} and their_id = ${their_id}`.execute(
          db,
        );
      }
      if (rows.length < SLICE) return;
    }
  },
};
