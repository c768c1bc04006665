import type { Kysely } from 'kysely';
import type { Availability } from '#contract/availability.ts';
import { doubled, wholeRow } from '../database/checked-rows.ts';
import type { OnDamage } from '../database/damage.ts';
import type { AvailabilityRow, Tables } from '../database/tables.ts';

/** Without the preparation time, which is one of the store's settings. */
type State = Omit<Availability, 'preparationMinutes'>;

const EVERYTHING: State = { open: true, pausedUntil: null, busyUntil: null, unavailable: [] };

/** undefined: the store takes everything. */
export const availabilityRow = (db: Kysely<Tables>, storeId: string): Promise<AvailabilityRow | undefined> =>
  db.selectFrom('availability').selectAll().where('store_id', '=', storeId).executeTakeFirst();

/**
 * As stored, also times that have passed. A row of which both copies are damaged is reported and counts as none, since no
 * order may be refused for it.
 */
export function stateFromRow(row: AvailabilityRow | undefined, onDamage: OnDamage): State {
  if (!row) return EVERYTHING;
  const whole = wholeRow('availability', row);
  if (whole) return JSON.parse(whole.state) as State;
  onDamage({ row: 'availability', outcome: 'left_out', storeId: row.store_id });
  return EVERYTHING;
}

export async function saveState(tx: Kysely<Tables>, storeId: string, state: State): Promise<void> {
  const { open, pausedUntil, busyUntil, unavailable } = state;
  const row = doubled('availability', {
    store_id: storeId,
    state: JSON.stringify({ open, pausedUntil, busyUntil, unavailable }),
  });
  await tx
    .insertInto('availability')
    .values(row)
    .onConflict((oc) => oc.column('store_id').doUpdateSet(row))
    .execute();
}
