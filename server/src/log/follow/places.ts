import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import type { Write, WriteQueue } from '../../database/write-queue.ts';
import { readLogRow } from '../read-log.ts';
import { insertPosition, movePosition, type StoredPosition } from './follower-rows.ts';

/**
 * How far a reader of all logs has handled each of them: in memory, and stored when {@link Places.save} is called. After
 * a kill, what was handled since is handled again.
 */
export interface Places {
  of(storeId: string): StoredPosition | undefined;
  /** Reads these from the database. A store without a place begins with the oldest change that its log has. */
  load(storeIds: readonly string[]): Promise<void>;
  move(storeId: string, to: StoredPosition): void;
  /** Stores those that have moved, in one transaction. */
  save(): Promise<void>;
}

export function createPlaces(db: Kysely<Tables>, queue: WriteQueue, name: string): Places {
  const handled = new Map<string, StoredPosition>();
  const stored = new Map<string, StoredPosition>();

  async function begin(write: Write, storeId: string): Promise<void> {
    const { epoch, min_seq, floor_hash: hash } = await readLogRow(write.tx, storeId);
    await insertPosition(write, { name, storeId }, { epoch, cursor: min_seq - 1, hash });
  }

  async function read(storeIds: readonly string[]): Promise<string[]> {
    const rows = await db
      .selectFrom('followers')
      .select(['store_id', 'epoch', 'cursor', 'hash'])
      .where('name', '=', name)
      .where('store_id', 'in', storeIds)
      .execute();
    for (const { store_id, ...place } of rows) {
      handled.set(store_id, place);
      stored.set(store_id, place);
    }
    return storeIds.filter((id) => !handled.has(id));
  }

  return {
    of: (storeId) => handled.get(storeId),
    async load(storeIds) {
      const fresh = await read(storeIds);
      if (fresh.length === 0) return;
      await queue.write(null, async (write) => {
        for (const storeId of fresh) await begin(write, storeId);
      });
      await read(fresh);
    },
    move: (storeId, to) => void handled.set(storeId, to),
    async save() {
      const moved = [...handled].flatMap(([storeId, to]) => {
        const from = stored.get(storeId);
        return from && from !== to ? [{ storeId, from, to }] : [];
      });
      if (moved.length === 0) return;
      await queue.write(null, async (write) => {
        for (const { storeId, from, to } of moved) await movePosition(write, { name, storeId }, from, to);
      });
      for (const { storeId, to } of moved) stored.set(storeId, to);
    },
  };
}
