import type { Order } from '#contract/order.ts';
import type { Caller } from '../caller.ts';
import type { Write } from '../database/write-queue.ts';
import type { Idempotency } from '../service.ts';
import { ServiceError } from '../service-error.ts';

/**
 * Runs a job once per `Idempotency-Key` and caller, and stores its answer in the same transaction. A repeat gets the
 * stored answer, even if the order has changed since. A job that throws leaves no key behind.
 *
 * The key is inserted before the job runs: an admin's key is valid for all stores, so no store's lock guards it.
 */
export async function idempotent<T extends Order | null>(
  { tx }: Write,
  caller: Caller,
  { idempotency, now }: { idempotency?: Idempotency | undefined; now: number },
  job: () => Promise<T>,
): Promise<T> {
  if (!idempotency) return job();
  const { key, request } = idempotency;
  const at = new Date(now).toISOString();
  const claimed = await tx
    .insertInto('idempotency_keys')
    .values({ caller_id: caller.id, key, request, answer: '', at })
    .onConflict((oc) => oc.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (claimed) {
    const answer = await job();
    await tx
      .updateTable('idempotency_keys')
      .set({ answer: JSON.stringify(answer) })
      .where('caller_id', '=', caller.id)
      .where('key', '=', key)
      .execute();
    return answer;
  }
  const stored = await tx
    .selectFrom('idempotency_keys')
    .select(['request', 'answer'])
    .where('caller_id', '=', caller.id)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (stored.request === request) return JSON.parse(stored.answer) as T;
  throw new ServiceError('invalid_request', 'This Idempotency-Key was used for another request.', { status: 422 });
}
