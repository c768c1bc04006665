import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { OnDamage } from '../database/damage.ts';
import type { Tables } from '../database/tables.ts';
import { isWholeChange } from '../log/change-rows.ts';
import { changesAfter } from '../log/read-log.ts';
import type { Mending } from './create-mending.ts';
import { ordersFromRows, STORED_ORDER } from './order-rows.ts';

/** Rows between two pauses, so that no order waits long. */
const SLICE = 200;
const PAUSE_MS = 10;

export interface CheckParts {
  db: Kysely<Tables>;
  mending: Mending;
  onDamage: OnDamage;
}

/**
 * Reads every order and change once, mends damaged orders and reports the rest.
 *
 * @param signal ends it early; with one it leaves most of the time to others. Without one it takes all, and the process waits
 */
export async function checkRows({ db, mending, onDamage }: CheckParts, signal?: AbortSignal): Promise<void> {
  const rest = () => (signal ? pause(PAUSE_MS, undefined, { ref: false, signal }).catch(() => undefined) : nextTurn());

  for (let after: string | undefined = ''; after !== undefined && !signal?.aborted; await rest()) {
    const rows = await db
      .selectFrom('orders')
      .select(STORED_ORDER)
      .where('id', '>', after)
      .orderBy('id')
      .limit(SLICE)
      .execute();
    await mending(async (replacements) => ordersFromRows(rows, replacements));
    after = rows.length < SLICE ? undefined : rows.at(-1)?.id;
  }

  for (const { id: storeId } of await db.selectFrom('stores').select('id').execute())
    for (let after: number | undefined = 0; after !== undefined && !signal?.aborted; await rest()) {
      const rows = await changesAfter(db, storeId, after, SLICE);
      for (const row of rows)
        if (!isWholeChange(row)) onDamage({ row: 'change', outcome: 'left_out', storeId, seq: row.seq });
      after = rows.length < SLICE ? undefined : rows.at(-1)?.seq;
    }
}
