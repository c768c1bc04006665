import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { Tables } from '#server/database/tables.ts';
import { SEARCH_KEY } from '#server/orders/select-orders.ts';
import { MOVED_TABLES, type MovedTable } from './moved-tables.ts';

export type Row = Record<string, string | number | null>;

const SLICE = 200;

/** All rows of a table by its key, in slices; the order is the same in every database. */
export async function* readRows(db: Kysely<Tables>, table: MovedTable): AsyncGenerator<Row[]> {
  let all = db.selectFrom(table).selectAll(table) as unknown as SelectQueryBuilder<Tables, MovedTable, Row>;
  // It may be above 2^53, and takes the place of the number.
  if (table === 'orders') all = all.select(SEARCH_KEY);
  for (const column of MOVED_TABLES[table]) all = all.orderBy(column as never);
  let slice: Row[] = [];
  for await (const row of all.stream(SLICE)) {
    slice.push(row);
    if (slice.length < SLICE) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}
