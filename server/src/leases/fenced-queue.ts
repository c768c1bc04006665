import type { Lease, LeaseStore } from '../database/lease-store.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import { LeaseLost } from './term.ts';

/** A write queue for the holder of a lease: each write first makes sure, in its transaction, that nobody has taken the lease. */
export const fencedQueue = (queue: WriteQueue, store: Pick<LeaseStore, 'isHeld'>, lease: Lease): WriteQueue => ({
  ...queue,
  write: (storeId, job, size) =>
    queue.write(
      storeId,
      async (write) => {
        if (!(await store.isHeld(write.tx, lease))) throw new LeaseLost(lease.work);
        return job(write);
      },
      size,
    ),
});
