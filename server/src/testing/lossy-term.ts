import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import type { Write } from '../database/write-queue.ts';
import type { Leases } from '../leases/create-leases.ts';
import { soleTerm, type Term } from '../leases/term.ts';

/** What happens to a write: it is carried out and its answer is lost, or it is not carried out. */
export type Loss = 'unanswered' | 'undone';

/**
 * A term whose next write that fits fails once, as if the database had ended meanwhile.
 *
 * @param fits looks at the rows in the write's transaction, after its job
 */
export async function lossyTerm(leases: Leases, loss: Loss, fits: (write: Write) => Promise<boolean>): Promise<Term> {
  const { queue } = await new Promise<Term>((resolve) => {
    leases.run('a test', async (term) => {
      resolve(term);
      return async () => undefined;
    });
  });
  let isLost = false;
  return soleTerm({
    ...queue,
    async write(storeId, job, size) {
      let isThis = false;
      const value = await queue.write(
        storeId,
        async (write) => {
          const done = await job(write);
          isThis = !isLost && (await fits(write));
          isLost ||= isThis;
          if (isThis && loss === 'undone') throw new DatabaseUnavailable('away', undefined);
          return done;
        },
        size,
      );
      if (isThis) throw new DatabaseUnavailable('unknown', undefined);
      return value;
    },
  });
}
