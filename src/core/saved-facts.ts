import type { DisplayStatus } from '#contract/bridge.ts';
import { Store } from '#contract/store.ts';
import { Stats } from '#contract/sync.ts';
import type { SavedClock } from './server-clock.ts';
import type { CacheStore } from './stores.ts';

/** What the cache remembers besides orders, so that a start without a network has something to say. Parsed, as it was written by who knows which version. */

export function savedStore(cache: CacheStore): Store | null {
  return Store.safeParse(cache.note('store')).data ?? null;
}

export function savedStats(cache: CacheStore): DisplayStatus['stats'] {
  return Stats.safeParse(cache.note('stats')).data ?? null;
}

export function savedClock(cache: CacheStore): SavedClock | null {
  const { wallOffset, heardAt } = (cache.note('clock') ?? {}) as Partial<Record<string, unknown>>;
  return typeof wallOffset === 'number' && typeof heardAt === 'number' ? { wallOffset, heardAt } : null;
}

export function savedLastWord(cache: CacheStore): number | null {
  const at = cache.note('lastWord');
  return typeof at === 'number' ? at : null;
}
