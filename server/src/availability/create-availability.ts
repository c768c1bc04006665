import type { Kysely } from 'kysely';
import { type Availability, availableAt } from '#contract/availability.ts';
import { doubled } from '../database/checked-rows.ts';
import type { OnDamage } from '../database/damage.ts';
import type { AvailabilityRow, StoreRow, Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import type { Hints } from '../hints/hints.ts';
import type { Availabilities } from '../service.ts';
import { findStore, wholeStore } from '../stores/find-store.ts';
import { settingsOf } from '../stores/store-settings.ts';
import { availabilityRow, saveState, stateFromRow } from './availability-rows.ts';
import { type AvailabilityWatch, watchAvailability } from './watch-availability.ts';

export interface AvailabilityParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  hints: Hints;
  onDamage: OnDamage;
  log: { warn(details: object, message: string): void };
  /** ms since 1970. */
  now(): number;
}

export interface AvailabilityService extends Availabilities, Pick<AvailabilityWatch, 'look'> {
  close(): void;
}

/** What each store takes now (contract, section 13): a row beside its settings, and who hears of its changes. */
export async function createAvailability(parts: AvailabilityParts): Promise<AvailabilityService> {
  const { db, queue, hints, onDamage, log, now } = parts;
  const listeners = new Set<Parameters<Availabilities['onChange']>[0]>();

  /** Also with times that have passed. */
  const stored = (store: StoreRow, row: AvailabilityRow | undefined): Availability => {
    const { open, pausedUntil, busyUntil, unavailable } = stateFromRow(row, onDamage);
    return { open, pausedUntil, busyUntil, preparationMinutes: settingsOf(store).preparationMinutes, unavailable };
  };

  const watch = await watchAvailability({
    async stamps() {
      const rows = await db
        .selectFrom('stores')
        .leftJoin('availability', 'availability.store_id', 'stores.id')
        .select(['stores.id', 'stores.checksum as settings', 'availability.checksum as state'])
        .execute();
      return new Map(rows.map(({ id, settings, state }) => [id, stampOf(settings, state)]));
    },
    async read(storeId) {
      const store = await db.selectFrom('stores').selectAll().where('id', '=', storeId).executeTakeFirst();
      if (!store) return undefined;
      const row = await availabilityRow(db, storeId);
      return { stamp: stampOf(store.checksum, row?.checksum), availability: stored(wholeStore(store), row) };
    },
    removeEnded: (storeId) =>
      queue.write(storeId, async ({ tx }) => {
        const row = await availabilityRow(tx, storeId);
        if (row) await saveState(tx, storeId, availableAt(stateFromRow(row, onDamage), now()));
      }),
    onChange(storeId, availability) {
      for (const listener of listeners) listener(storeId, availability);
    },
    onFailure: (error) =>
      log.warn({ err: error }, 'what a store takes could not be read or written; it is tried again'),
    now,
  });
  const undo = hints.onHint((hint) => {
    if (hint.kind === 'availability') void watch.heardOf(hint.storeId);
  });

  return {
    look: watch.look,
    latest: watch.latest,
    async get(storeId) {
      const store = await findStore(db, storeId);
      return availableAt(stored(store, await availabilityRow(db, storeId)), now());
    },
    async patch(storeId, patch) {
      const after = await queue.write(storeId, async ({ tx }) => {
        const store = await findStore(tx, storeId);
        const before = stored(store, await availabilityRow(tx, storeId));
        const {
          open = before.open,
          pausedUntil = before.pausedUntil,
          busyUntil = before.busyUntil,
          preparationMinutes = before.preparationMinutes,
          unavailable = before.unavailable,
        } = patch;
        const state = availableAt({ open, pausedUntil, busyUntil, preparationMinutes, unavailable }, now());
        await saveState(tx, storeId, state);
        if (preparationMinutes !== before.preparationMinutes) {
          const settings = JSON.stringify({ ...settingsOf(store), preparationMinutes });
          const row = doubled('stores', { ...store, settings });
          await tx.updateTable('stores').set(row).where('id', '=', storeId).execute();
        }
        return state;
      });
      hints.say({ kind: 'availability', storeId });
      await watch.heardOf(storeId);
      return after;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      undo();
      watch.close();
    },
  };
}

/** Another one once a row is written. */
const stampOf = (settings: number, state: number | null | undefined): string => `${settings} ${state ?? 'none'}`;
