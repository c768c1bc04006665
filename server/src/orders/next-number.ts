import { localDay } from '#contract/local-time.ts';
import { hotStatement } from '../database/hot-statement.ts';
import type { Write } from '../database/write-queue.ts';

/**
 * The next displayed number: counted per store, from 1 at the store's local midnight. If the clock or the time zone is
 * set back, counting continues; the previous day does not start again.
 */
export async function nextNumber({ tx }: Write, store: { id: string; time_zone: string }, now: number) {
  const day = localDay(now, store.time_zone);
  const [counter] = await count(tx, { storeId: store.id, day });
  return String(counter?.last);
}

const count = hotStatement((db, { storeId, day }: { storeId: string; day: string }) =>
  db
    .insertInto('number_counters')
    .values({ store_id: storeId, day, last: 1 })
    .onConflict((oc) =>
      oc.column('store_id').doUpdateSet((eb) => {
        const later = eb('excluded.day', '>', eb.ref('number_counters.day'));
        return {
          last: eb
            .case()
            .when(later)
            .then(1)
            .else(eb('number_counters.last', '+', 1))
            .end(),
          day: eb.case().when(later).then(eb.ref('excluded.day')).else(eb.ref('number_counters.day')).end(),
        };
      }),
    )
    .returning('last'),
);
