import type { BridgeError } from '#contract/bridge.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import type { Troubles } from './diagnosis/troubles.ts';
import { type Log, StorageError } from './ports.ts';

export type DiskGuard = ReturnType<typeof createDiskGuard>;

/** Turns a `StorageError` into a trouble on the screen, or into a `disk` answer. Any other error is thrown on. */
export function createDiskGuard(troubles: Pick<Troubles, 'diskFailed' | 'diskWorks'>, log: Pick<Log, 'error'>) {
  function failed(which: 'cache' | 'queue', error: unknown): void {
    if (!troubles.diskFailed(which, error)) throw error;
    log.error('a write to disk failed', { which, error: error.message });
  }
  const answer = (error: unknown): Result<never, BridgeError> => {
    if (error instanceof StorageError) return fail('disk', error.message);
    throw error;
  };
  return {
    failed,
    /** A check that writes nothing, and so cannot end a trouble. */
    check(which: 'cache' | 'queue', look: () => void): void {
      try {
        look();
      } catch (error) {
        failed(which, error);
      }
    },
    /** A background write. */
    run(which: 'cache' | 'queue', write: () => void): void {
      try {
        write();
        troubles.diskWorks(which);
      } catch (error) {
        failed(which, error);
      }
    },
    /** A write to the queue that must be durable before a call is answered. */
    write<T>(write: () => T): Result<T, BridgeError> {
      try {
        const value = write();
        troubles.diskWorks('queue');
        return ok(value);
      } catch (error) {
        if (troubles.diskFailed('queue', error)) return fail('disk', error.message);
        throw error;
      }
    },
    /** A read for a call. A failed read is no trouble: only a failed write endangers orders. */
    read<T>(read: () => T): Result<T, BridgeError> {
      try {
        return ok(read());
      } catch (error) {
        return answer(error);
      }
    },
    /** The same for a call that also asks the server. */
    readAsync: <T>(read: () => Promise<Result<T, BridgeError>>): Promise<Result<T, BridgeError>> =>
      read().catch(answer),
  };
}
