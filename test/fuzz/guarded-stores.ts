import type { Position } from '#contract/sync.ts';
import { type Storage, StorageError } from '#core/ports.ts';
import type { CacheStore, CommandRow, QueueStore } from '#core/stores.ts';
import { guardStore } from '#core/testing/guarded-store.ts';
import type { CrashPoint } from './crash-point.ts';

export interface DiskFaults {
  cache: boolean;
  queue: boolean;
}
/** Called with what has become durable. */
export interface StoreWatch {
  moved(to: Position): void;
  inserted(row: CommandRow): void;
  /** Something in the queue. */
  wrote(): void;
}

const PLACES = { before: 'before a commit', within: 'within a commit', after: 'after a commit' };

/** Wraps the real stores: every write passes crash points, and fails while the disk does. */
export function guardStorage(storage: Storage, crash: CrashPoint, faults: DiskFaults, watch: StoreWatch) {
  const bare: { cache?: CacheStore; queue?: QueueStore } = {};

  const guard = <S extends CacheStore | QueueStore>(store: S, name: 'cache' | 'queue'): S =>
    guardStore(() => store, {
      onWrite(stage) {
        crash.pass(`${name}, ${PLACES[stage]}`);
        if (stage === 'before' && faults[name]) throw new StorageError('full', `${name}: no space left`);
      },
      onRead() {
        if (crash.dead) crash.pass('a read');
      },
      onClose: () => !crash.dead,
      onCommitted(method, args, result) {
        if (name === 'queue') watch.wrote();
        if (method === 'setPosition') watch.moved(args[0] as Position);
        if (method === 'insert') watch.inserted(result as CommandRow);
      },
    });

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
