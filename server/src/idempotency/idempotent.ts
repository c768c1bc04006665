import type { Order } from '#contract/order.ts';
import type { Caller } from '../caller.ts';
import { checksumOf, isWhole, withChecksum } from '../database/checked-rows.ts';
import type { OnDamage } from '../database/damage.ts';
import { hotStatement } from '../database/hot-statement.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { ServiceError } from '../service-error.ts';
import type { Idempotency } from './once.ts';

/** What is stored of an answer: an order, or the id of what was made. */
type StoredAnswer = Order | { id: string } | null;

/**
 * Runs a job once per `Idempotency-Key` and caller, and stores its answer in the same transaction. A repeat gets the
 * stored answer, even if the order has changed since. A job that throws leaves no key behind.
 *
 * If the stored answer is damaged, refuses with `conflict`: the job ran once, and must not run again.
 *
 * @param at the time (ms) from which the key's age counts
 *
 * The key is inserted before the job runs: an admin's key is valid for all stores, so no store's lock guards it.
 */
export async function idempotent<T extends StoredAnswer>(
  { tx }: Write,
  caller: Pick<Caller, 'id'>,
  { idempotency, at, onDamage }: { idempotency?: Idempotency | undefined; at: number; onDamage: OnDamage },
  job: () => Promise<T>,
): Promise<T> {
  if (!idempotency) return job();
  const { key, request } = idempotency;
  const row = { caller_id: caller.id, key, request, answer: '', at: new Date(at).toISOString() };
  const [claimed] = await claim(tx, withChecksum('idempotency_keys', row));
  if (claimed) {
    const answer = await job();
    const json = JSON.stringify(answer);
    const checksum = checksumOf('idempotency_keys', { ...row, answer: json });
    await setAnswer(tx, { caller_id: caller.id, key, answer: json, checksum });
    return answer;
  }
  const stored = await tx
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('caller_id', '=', caller.id)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (!isWhole('idempotency_keys', stored)) {
    onDamage({ row: 'idempotency key', outcome: 'left_out', storeId: null, key: `${caller.id} ${key}` });
    throw new ServiceError(
      'conflict',
      'A request with this Idempotency-Key was carried out, but the disk has damaged its answer. Read what it was about.',
    );
  }
  if (stored.request === request) return JSON.parse(stored.answer) as T;
  throw new ServiceError('invalid_request', 'This Idempotency-Key was used for another request.', { status: 422 });
}

type KeyRow = Tables['idempotency_keys'];
const claim = hotStatement((db, row: KeyRow) =>
  db
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .returning('key'),
);
const setAnswer = hotStatement(
  (db, { caller_id, key, ...set }: Pick<KeyRow, 'caller_id' | 'key' | 'answer' | 'checksum'>) =>
    db.updateTable('idempotency_keys').set(set).where('caller_id', '=', caller_id).where('key', '=', key),
);
