import type { Trouble } from '#contract/display-status.ts';
import { StorageError } from '../ports.ts';

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
      disks.set(which, error.fault === 'full' ? 'disk_full' : 'disk_failed');
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
