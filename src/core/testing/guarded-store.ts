import type { CacheStore, QueueStore } from '../stores.ts';

/** The phase of a write at which the guard runs. */
export type CommitStage = 'before' | 'within' | 'after';

export interface StoreGuard {
  /** May throw, like a failing disk or a killed program; the write is then rolled back, except after its commit. */
  onWrite(stage: CommitStage): void;
  onRead(): void;
  /** False: the store stays open. */
  onClose(): boolean;
  /** A write is durable. */
  onCommitted?(method: string, args: readonly unknown[], result: unknown): void;
}

const READS: ReadonlySet<string> = new Set<keyof CacheStore | keyof QueueStore>([
  'checkFile',
  'mendNextRows',
  'position',
  'get',
  'open',
  'closedSince',
  'versions',
  'openVersions',
  'search',
  'seen',
  'closedUnseen',
  'figureRow',
  'figureRows',
  'history',
  'historyOf',
  'historyFigures',
  'note',
  'identity',
  'unsettled',
  'predecessor',
  'answered',
  'failedCommands',
  'settings',
  'hasPrint',
  'settle',
  'waitingPrints',
]);

/** Wraps the store that `current` returns, so that the guard can fail its calls. */
export function guardStore<S extends CacheStore | QueueStore>(current: () => S, guard: StoreGuard): S {
  let depth = 0;
  let committed: (() => void)[] = [];

  function write<T>(run: () => T, onCommitted: (result: T) => void): T {
    if (depth > 0) {
      guard.onWrite('within');
      const result = run();
      committed.push(() => onCommitted(result));
      return result;
    }
    guard.onWrite('before');
    const result = run();
    onCommitted(result);
    guard.onWrite('after');
    return result;
  }

  function transaction<T>(run: () => T): T {
    if (depth > 0) return run();
    const whole = (): T => {
      depth++;
      committed = [];
      try {
        return current().transaction(() => {
          const result = run();
          guard.onWrite('within');
          return result;
        });
      } finally {
        depth--;
      }
    };
    return write(whole, () => {
      for (const tell of committed) tell();
    });
  }

  return new Proxy({} as S, {
    get(_, property) {
      const name = property as keyof S & string;
      if (name === 'transaction') return transaction;
      const method = current()[name] as (...args: unknown[]) => unknown;
      if (name === 'close') return () => guard.onClose() && current().close();
      return (...args: unknown[]) => {
        if (!READS.has(name))
          return write(
            () => method(...args),
            (result) => guard.onCommitted?.(name, args, result),
          );
        guard.onRead();
        return method(...args);
      };
    },
  });
}
