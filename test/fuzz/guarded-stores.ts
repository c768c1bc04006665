import type { Position } from '#contract/sync.ts';
import { type Storage, StorageError } from '#core/ports.ts';
import type { CacheStore, CommandRow, QueueStore } from '#core/stores.ts';
import type { CrashPoint } from './crash-point.ts';

const READS = new Set<string | symbol>([
  ...[
    'position',
    'get',
    'open',
    'closedSince',
    'openVersions',
    'note',
    'seen',
    'search',
    'historyOf',
    'figureRow',
    'figureRows',
  ],
  ...['identity', 'unsettled', 'predecessor', 'answered', 'failedCommands', 'settings'],
]);

export interface DiskFaults {
  cache: boolean;
  queue: boolean;
}
/** What became durable, told when it did. */
export interface StoreWatch {
  moved(to: Position): void;
  inserted(row: CommandRow): void;
}

/**
 * The real stores with a guard before them: every write passes the places where the program can be killed, before, within
 * and after its commit, and fails while the disk does. What the guard lets through is the adapter's.
 */
export function guardStorage(storage: Storage, crash: CrashPoint, faults: DiskFaults, watch: StoreWatch) {
  const bare: { cache?: CacheStore; queue?: QueueStore } = {};

  function guard<S extends CacheStore | QueueStore>(store: S, name: 'cache' | 'queue'): S {
    let depth = 0;
    let news: (() => void)[] = [];
    function write<T>(run: () => T, committed: (result: T) => void = () => {}): T {
      if (depth > 0) {
        crash.pass(`${name}, within a commit`);
        const result = run();
        news.push(() => committed(result));
        return result;
      }
      crash.pass(`${name}, before a commit`);
      if (faults[name]) throw new StorageError('full', `${name}: no space left`);
      const result = run();
      committed(result);
      crash.pass(`${name}, after a commit`);
      return result;
    }
    function transaction<T>(run: () => T): T {
      if (depth > 0) return run();
      return write(
        () => {
          depth++;
          news = [];
          try {
            return store.transaction(() => {
              const result = run();
              crash.pass(`${name}, within a commit`);
              return result;
            });
          } finally {
            depth--;
          }
        },
        () => {
          for (const tell of news) tell();
        },
      );
    }
    return new Proxy(store, {
      get(target, property) {
        const key = property as keyof S & string;
        if (key === 'transaction') return transaction;
        const method = target[key] as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          if (key === 'close' && crash.dead) return;
          if (key === 'close' || READS.has(key)) {
            if (crash.dead) crash.pass('a read');
            return method.apply(target, args);
          }
          return write(
            () => method.apply(target, args),
            (result) => {
              if (key === 'setPosition') watch.moved(args[0] as Position);
              if (key === 'insert') watch.inserted(result as CommandRow);
            },
          );
        };
      },
    });
  }

  const guarded: Storage = {
    openCache() {
      const { store, rebuilt } = storage.openCache();
      bare.cache = store;
      return { store: guard(store, 'cache'), rebuilt };
    },
    openQueue() {
      const { store, setAside } = storage.openQueue();
      bare.queue = store;
      return { store: guard(store, 'queue'), setAside };
    },
  };
  return { storage: guarded, bare };
}
