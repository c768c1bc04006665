import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Store, StoreDraft } from '#contract/store.ts';
import { doubled, withChecksum } from '../database/checked-rows.ts';
import type { StoreRow, Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import type { Hints } from '../hints/hints.ts';
import type { MakeOnce } from '../idempotency/make-once.ts';
import { newEpoch } from '../log/new-epoch.ts';
import type { Stores } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { findStore, wholeStore } from './find-store.ts';
import { DEFAULT_STORE_SETTINGS, mergedSettings, settingsOf } from './store-settings.ts';

export interface StoreParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  hints: Hints;
  makeOnce: MakeOnce;
  /** ms since 1970. */
  now(): number;
}

export function createStoreService({ db, queue, hints, makeOnce, now }: StoreParts): Stores {
  return {
    create: (draft, once) =>
      queue.write(null, (write) =>
        makeOnce(
          write,
          once,
          async () => {
            const store = await addStore(write, draft, new Date(now()).toISOString());
            return { id: store.id, made: store };
          },
          async (id) => storeFrom(await findStore(write.tx, id)),
        ),
      ),
    async list() {
      return (await db.selectFrom('stores').selectAll().orderBy('id').execute()).map((row) =>
        storeFrom(wholeStore(row)),
      );
    },
    async get(id) {
      return storeFrom(await findStore(db, id));
    },
    async patch(id, patch) {
      const store = await queue.write(id, async ({ tx }) => {
        const row = await findStore(tx, id);
        const after: StoreRow = doubled('stores', {
          ...row,
          name: patch.name ?? row.name,
          currency: patch.currency ?? row.currency,
          time_zone: patch.timeZone ?? row.time_zone,
          settings: JSON.stringify(mergedSettings(settingsOf(row), patch.settings)),
        });
        await tx.updateTable('stores').set(after).where('id', '=', id).execute();
        return storeFrom(after);
      });
      // Its preparation time may be another.
      hints.say({ kind: 'availability', storeId: id });
      return store;
    },
  };
}

/** Refuses with `conflict` a known id. @param at ISO */
async function addStore({ tx }: Write, draft: StoreDraft, at: string): Promise<Store> {
  const row: StoreRow = doubled('stores', {
    id: draft.id ?? `s${randomBytes(6).toString('hex')}`,
    name: draft.name,
    currency: draft.currency,
    time_zone: draft.timeZone,
    settings: JSON.stringify(mergedSettings(DEFAULT_STORE_SETTINGS, draft.settings)),
    created_at: at,
  });
  const made = await tx
    .insertInto('stores')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw new ServiceError('conflict', 'There is a store with this id already.');
  const epoch = newEpoch();
  await tx
    .insertInto('store_logs')
    .values({ ...emptyLog(row.id), epoch })
    .execute();
  return storeFrom(row);
}

const emptyLog = (storeId: string) =>
  withChecksum('store_logs', { store_id: storeId, head: 0, head_hash: null, min_seq: 1, floor_hash: null });

const storeFrom = (row: StoreRow): Store => ({
  id: row.id,
  name: row.name,
  currency: row.currency,
  timeZone: row.time_zone,
  settings: settingsOf(row),
  createdAt: row.created_at,
});
