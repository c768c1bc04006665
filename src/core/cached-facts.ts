import type { DisplayStatus } from '#contract/display-status.ts';
import { DAY_MS } from '#contract/local-time.ts';
import { Store } from '#contract/store.ts';
import { Stats } from '#contract/sync.ts';
import type { SavedClock } from './link/server-clock.ts';
import type { CacheStore } from './stores.ts';

/** How long closed orders are kept until the store sends its own value (contract, S4), days. */
const WINDOW_DAYS = 8;

export type CachedFacts = ReturnType<typeof createCachedFacts>;

/**
 * What the cache stores besides orders for an offline start. Parsed with the contract's schemas, since another version
 * may have written it.
 */
export function createCachedFacts(cache: CacheStore) {
  let store = Store.safeParse(cache.note('store')).data ?? null;
  let stats: DisplayStatus['stats'] = Stats.safeParse(cache.note('stats')).data ?? null;

  const windowDays = (): number => store?.settings.displayWindowDays ?? WINDOW_DAYS;

  function number(key: 'lastWord' | 'prunedAt'): number | null {
    const value = cache.note(key);
    return typeof value === 'number' ? value : null;
  }

  return {
    /** How long closed orders are kept here, days. */
    windowDays,
    store: (): Store | null => store,
    /** Throws `StorageError`; the store is known in memory nevertheless. */
    setStore(to: Store): void {
      store = to;
      cache.setNote('store', to);
    },
    stats: (): DisplayStatus['stats'] => stats,
    /** Written with the next {@link save}. */
    setStats(payload: unknown): void {
      stats = Stats.safeParse(payload).data ?? stats;
    },
    clock(): SavedClock | null {
      const { wallOffset, heardAt } = (cache.note('clock') ?? {}) as Partial<Record<string, unknown>>;
      return typeof wallOffset === 'number' && typeof heardAt === 'number' ? { wallOffset, heardAt } : null;
    },
    lastWordAt: (): number | null => number('lastWord'),
    /** The server time by which old closed orders were last deleted here, or left out of a snapshot, ms. */
    prunedAt: (): number | null => number('prunedAt'),
    /** Written in the transaction that applies a snapshot. `serverTime`: when the server made it. */
    setPrunedAt(serverTime: string): void {
      cache.setNote('prunedAt', Date.parse(serverTime));
    },
    /** Forgets the facts of one store, before another's are set. */
    forget(): void {
      store = null;
      stats = null;
      for (const key of ['store', 'stats', 'lastWord'] as const) cache.setNote(key, null);
    },
    /** Removes closed orders that are older than the display window. `now`: ms, server time. */
    forgetOld(now: number): void {
      cache.transaction(() => {
        cache.setNote('prunedAt', Math.max(now, number('prunedAt') ?? now));
        cache.forgetClosedBefore(new Date(now - windowDays() * DAY_MS).toISOString());
      });
    },
    /** Writes what an offline start needs. */
    save(clock: SavedClock | null, lastWordAt: number | null): void {
      cache.transaction(() => {
        if (clock) cache.setNote('clock', clock);
        if (stats) cache.setNote('stats', stats);
        if (lastWordAt !== null) cache.setNote('lastWord', lastWordAt);
      });
    },
  };
}
