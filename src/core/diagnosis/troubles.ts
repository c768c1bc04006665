import type { TOLD_TROUBLES, Trouble } from '#contract/bridge.ts';
import { StorageError } from '../ports.ts';

/**
 * Troubles of the display itself, said on the screen until they are over. A database that could not be written is in
 * trouble until a write to it works again.
 */
export function createTroubles(onChange: () => void) {
  const disks = new Map<'cache' | 'queue', Trouble>();
  const others = new Set<Trouble>();
  return {
    list: (): Trouble[] => [...new Set([...disks.values(), ...others])],
    /** True when `error` is about the disk, and now is said; else it is a fault of ours and stays the caller's. */
    disk(which: 'cache' | 'queue', error: unknown): error is StorageError {
      if (!(error instanceof StorageError)) return false;
      disks.set(which, error.fault === 'full' ? 'disk_full' : 'disk_failed');
      onChange();
      return true;
    },
    wrote(which: 'cache' | 'queue'): void {
      if (disks.delete(which)) onChange();
    },
    begin(trouble: Trouble): void {
      others.add(trouble);
      onChange();
    },
    /** A person has been told. */
    dismiss(trouble: (typeof TOLD_TROUBLES)[number]): void {
      if (others.delete(trouble)) onChange();
    },
    end(trouble: Trouble): void {
      if (others.delete(trouble)) onChange();
    },
  };
}
export type Troubles = ReturnType<typeof createTroubles>;
