import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { pauseBetweenSlices } from '../time/pause-between-slices.ts';

/** A store's orders by the time they were created, up to `to` (ISO, inclusive); the columns are the caller's. */
export const createdUntil = (db: Kysely<Tables>, storeId: string, to: string) =>
  db
    .selectFrom('orders')
    .where('store_id', '=', storeId)
    .where('created_at', '<=', to)
    .orderBy('created_at')
    .orderBy('id');

/**
 * Reads them by the index by time alone, in slices, so that nothing else waits for long. Throws the signal's reason when it aborts.
 *
 * @param from ISO, inclusive
 * @param size how many are read at once
 */
export async function* inSlices<Row extends { id: string; created_at: string }>(
  query: SelectQueryBuilder<Tables, 'orders', Row>,
  from: string,
  size: number,
  signal?: AbortSignal,
): AsyncGenerator<Row[]> {
  for (let last = { created_at: from, id: '' }; ; await pauseBetweenSlices(signal)) {
    const slice = await query
      .where((eb) => eb(eb.refTuple('created_at', 'id'), '>', eb.tuple(last.created_at, last.id)))
      .limit(size)
      .execute();
    yield slice;
    const end = slice.at(-1);
    if (!end || slice.length < size) return;
    last = end;
  }
}
