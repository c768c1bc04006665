import type { Trouble } from '#contract/display-status.ts';
import { StorageError, type StorageFault } from '../ports.ts';

/** The trouble of a fault; of all others `disk_failed`. */
const TROUBLES: Partial<Record<StorageFault, Trouble>> = { full: 'disk_full', removed: 'files_removed' };

/**
 * Troubles of the display itself, shown until they end. A failed write to a database is a trouble until a later write to it
 * succeeds.
 */
export function createTroubles(onChange: () => void) {
  const disks = new Map<'cache' | 'queue', Trouble>();
  const others = new Set<Trouble>();
  return {
    list: (): Trouble[] => [...new Set([...disks.values(), ...others])],
    /** Begins a trouble if `error` is a `StorageError`; false for any other error, which the caller must handle. */
    diskFailed(which: 'cache' | 'queue', error: unknown): error is StorageError {
      if (!(error instanceof StorageError)) return false;
      disks.set(which, TROUBLES[error.fault] ?? 'disk_failed');
      onChange();
      return true;
    },
    diskWorks(which: 'cache' | 'queue'): void {
      if (disks.delete(which)) onChange();
    },
    begin(trouble: Trouble): void {
      others.add(trouble);
      onChange();
    },
    end(trouble: Trouble): void {
      if (others.delete(trouble)) onChange();
    },
  };
}
export type Troubles = ReturnType<typeof createTroubles>;
