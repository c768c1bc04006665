import type { Kysely } from 'kysely';
import { localDay, startOfLocalDay } from '#contract/local-time.ts';
import { type OrderFacts, summarise } from '#contract/summarise.ts';
import type { Stats } from '#contract/sync.ts';
import type { Tables } from '../database/tables.ts';
import { readLogRow } from '../log/read-log.ts';
import { findStore } from '../stores/find-store.ts';

/** Figures of one store. Both refuse with `not_found`. */
export interface StoreStats {
  /** Of the orders created in a time range; both ends ISO and inclusive. */
  between(storeId: string, from: string, to: string): Promise<Stats>;
  /** Of the store's local day so far; recomputed only when the log or the day has changed. */
  today(storeId: string): Promise<Stats>;
}

interface Today {
  epoch: string;
  head: number;
  day: string;
  timeZone: string;
  stats: Stats;
}

export function createStoreStats(db: Kysely<Tables>, now: () => number): StoreStats {
  const todays = new Map<string, Today>();

  return {
    async between(storeId, from, to) {
      const { time_zone: timeZone } = await findStore(db, storeId);
      return summarise(await factsBetween(db, storeId, from, to), timeZone);
    },
    async today(storeId) {
      const { time_zone: timeZone } = await findStore(db, storeId);
      const { epoch, head } = await readLogRow(db, storeId);
      const at = now();
      const day = localDay(at, timeZone);
      const kept = todays.get(storeId);
      if (kept?.epoch === epoch && kept.head === head && kept.day === day && kept.timeZone === timeZone)
        return kept.stats;
      const from = new Date(startOfLocalDay(at, timeZone)).toISOString();
      const stats = summarise(await factsBetween(db, storeId, from, '9999'), timeZone);
      todays.set(storeId, { epoch, head, day, timeZone, stats });
      return stats;
    },
  };
}

async function factsBetween(db: Kysely<Tables>, storeId: string, from: string, to: string): Promise<OrderFacts[]> {
  return db
    .selectFrom('orders')
    .select([
      'status',
      'total_minor as totalMinor',
      'created_at as createdAt',
      'due_at as dueAt',
      'started_at as startedAt',
      'ready_at as readyAt',
    ])
    .where('store_id', '=', storeId)
    .where('created_at', '>=', from)
    .where('created_at', '<=', to)
    .execute();
}
