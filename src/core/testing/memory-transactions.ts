import { StorageError, type StorageFault } from '../ports.ts';

/**
 * Transactions over a state in memory: what throws leaves the state as it was. The state is replaced whole, so it must
 * be plain data, and is read through `state()` only.
 */
export function memoryTransactions<S>(first: S) {
  let state = first;
  let inside = false;
  let fault: StorageFault | null = null;
  let closed = false;

  return {
    state(): S {
      if (closed) throw new StorageError('failed', 'the store is closed');
      return state;
    },
    transaction<T>(run: () => T): T {
      if (closed) throw new StorageError('failed', 'the store is closed');
      if (inside) return run();
      const before = JSON.stringify(state);
      inside = true;
      try {
        const result = run();
        if (fault && JSON.stringify(state) !== before) throw new StorageError(fault, `made to fail: ${fault}`);
        return result;
      } catch (error) {
        state = JSON.parse(before) as S;
        throw error;
      } finally {
        inside = false;
      }
    },
    /** From now on everything that writes fails so; null: writes work again. */
    failWrites(with_: StorageFault | null): void {
      fault = with_;
    },
    close(): void {
      closed = true;
    },
    /** The same disk, found by the next program. */
    reopen(): void {
      closed = false;
    },
    /** What stands on the disk, as text; and the disk put back to such a text. */
    image: (): string => JSON.stringify(state),
    restore(image: string): void {
      state = JSON.parse(image) as S;
    },
  };
}
export type MemoryTransactions<S> = ReturnType<typeof memoryTransactions<S>>;
