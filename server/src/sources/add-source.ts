import type { Write } from '../database/write-queue.ts';
import { insertPosition } from '../log/follow/follower-rows.ts';
import { readLogRow } from '../log/read-log.ts';
import { ServiceError } from '../service-error.ts';
import { findStore } from '../stores/find-store.ts';
import { followerOf, insertSource } from './source-rows.ts';
import type { SourceRow } from './source-tables.ts';

/** Most sources of a store. */
const MOST = 50;
/** Nothing has come from it yet. */
const AT_FIRST = { cursor: null, pulled_at: null, failing_since: null, problem: null };

/** Adds a source that starts at the head of the log. Refuses with `not_found` and, above the most of a store, with `conflict`. */
export async function addSource(
  write: Write,
  values: Omit<SourceRow, 'checksum' | 'second_copy' | keyof typeof AT_FIRST>,
): Promise<SourceRow> {
  const { tx } = write;
  const { store_id: storeId } = values;
  await findStore(tx, storeId);
  const others = await tx.selectFrom('sources').select('id').where('store_id', '=', storeId).execute();
  if (others.length >= MOST)
    throw new ServiceError('conflict', `A store has at most ${MOST} sources: delete one first.`);
  const row = await insertSource(write, { ...values, ...AT_FIRST });
  const { epoch, head, head_hash: hash } = await readLogRow(tx, storeId);
  await insertPosition(write, followerOf(row), { epoch, cursor: head, hash });
  return row;
}
