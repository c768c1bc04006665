import type { Order } from '#contract/order.ts';
import type { Write } from '../database/write-queue.ts';
import { type Caller, type Idempotency, ServiceError } from '../service.ts';

/**
 * Does a job once per `Idempotency-Key` and caller, and keeps its answer in the same transaction. A repeat gets that
 * answer, whatever has become of the order since; a refusal is not kept, as nothing was done.
 */
export async function idempotent<T extends Order | null>(
  write: Write,
  caller: Caller,
  { idempotency, now }: { idempotency?: Idempotency | undefined; now: number },
  job: () => Promise<T>,
): Promise<T> {
  if (!idempotency) return job();
  const { key, request } = idempotency;
  const kept = await write.tx
    .selectFrom('idempotency_keys')
    .select(['request', 'answer'])
    .where('caller_id', '=', caller.id)
    .where('key', '=', key)
    .executeTakeFirst();
  if (kept) {
    if (kept.request === request) return JSON.parse(kept.answer) as T;
    throw new ServiceError('invalid_request', 'This Idempotency-Key was used for another request.', { status: 422 });
  }
  const answer = await job();
  const at = new Date(now).toISOString();
  await write.tx
    .insertInto('idempotency_keys')
    .values({ caller_id: caller.id, key, request, answer: JSON.stringify(answer), at })
    .execute();
  return answer;
}
