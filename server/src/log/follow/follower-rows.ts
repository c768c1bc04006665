import type { Kysely } from 'kysely';
import type { Position } from '#contract/sync.ts';
import type { Tables } from '../../database/tables.ts';
import type { Write } from '../../database/write-queue.ts';
import type { LogReader } from './log-reader.ts';

type Key = Pick<LogReader, 'name' | 'storeId'>;

/** The cursor of a reader that has started. */
export async function readPosition(db: Kysely<Tables>, { name, storeId }: Key): Promise<Position> {
  return db
    .selectFrom('followers')
    .select(['epoch', 'cursor', 'hash'])
    .where('name', '=', name)
    .where('store_id', '=', storeId)
    .executeTakeFirstOrThrow();
}

/** Stores the initial cursor, unless there is one. */
export async function insertPosition({ tx }: Write, { name, storeId }: Key, position: StoredPosition): Promise<void> {
  await tx
    .insertInto('followers')
    .values({ name, store_id: storeId, ...position })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** Sets a cursor, wherever it was. */
export async function setPosition({ tx }: Write, { name, storeId }: Key, position: StoredPosition): Promise<void> {
  await tx.updateTable('followers').set(position).where('name', '=', name).where('store_id', '=', storeId).execute();
}

/** Moves the cursor, unless another process has moved it in the meantime. */
export async function movePosition(
  { tx }: Write,
  { name, storeId }: Key,
  from: Position,
  to: StoredPosition,
): Promise<void> {
  await tx
    .updateTable('followers')
    .set(to)
    .where('name', '=', name)
    .where('store_id', '=', storeId)
    .where('epoch', '=', from.epoch)
    .where('cursor', '=', from.cursor)
    .execute();
}

export interface StoredPosition extends Position {
  epoch: string;
}
