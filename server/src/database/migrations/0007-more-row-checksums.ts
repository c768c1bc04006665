import { sql } from 'kysely';
import { rowChecksum } from '#sqlite/row-checksum.ts';
import type { Migration } from '../migration.ts';

interface Checked {
  key: string[];
  /** The other columns that the checksum covers. */
  rest: string[];
  /** No other row repeats it. */
  isDoubled?: boolean;
}

const TABLES: Record<string, Checked> = {
  store_logs: { key: ['store_id'], rest: ['head', 'head_hash', 'min_seq', 'floor_hash'] },
  external_ids: { key: ['store_id', 'external_id'], rest: ['order_id'] },
  pairing_codes: { key: ['code_hash'], rest: ['store_id', 'expires_at'] },
  commands: { key: ['device_id', 'command_id'], rest: ['result', 'at'] },
  idempotency_keys: { key: ['caller_id', 'key'], rest: ['request', 'answer', 'at'] },
  stores: { key: ['id'], rest: ['name', 'currency', 'time_zone', 'settings', 'created_at'], isDoubled: true },
  devices: { key: ['id'], rest: ['store_id', 'name', 'role', 'token_hash', 'created_at'], isDoubled: true },
};

/** A checksum for each row that holds something acknowledged, and a second copy of what no other row repeats. */
export const moreRowChecksums: Migration = {
  number: 7,
  name: 'more row checksums',
  async up({ db, integer }) {
    for (const [table, { key, rest, isDoubled }] of Object.entries(TABLES)) {
      const add = () => db.schema.alterTable(table);
      await add()
        .addColumn('checksum', integer, (c) => c.notNull().defaultTo(0))
        .execute();
      if (isDoubled)
        await add()
          .addColumn('second_copy', 'text', (c) => c.notNull().defaultTo(''))
          .execute();
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
      for (const row of rows) {
        const values = [...key, ...rest].map((column) => row[column]);
        const copy = isDoubled ? sql`, second_copy = ${JSON.stringify(values)}` : sql``;
        const isRow = sql.join(
          key.map((column) => sql`${sql.ref(column)} = ${row[column]}`),
          sql` and `,
        );
        await sql`update ${sql.table(table)} set checksum = ${rowChecksum(values)}${copy} where ${isRow}`.execute(db);
      }
    }
  },
};
