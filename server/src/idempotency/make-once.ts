import type { OnDamage } from '../database/damage.ts';
import type { Write } from '../database/write-queue.ts';
import { ServiceError } from '../service-error.ts';
import { idempotent } from './idempotent.ts';
import type { Once } from './once.ts';

/**
 * Makes something once per `Idempotency-Key` and caller. Of the answer only the id is stored, since the rest may be secret: a
 * repeat is answered with what is there now. Refuses with `conflict` if that is deleted.
 *
 * @param once undefined: without a key
 * @param make returns the id of what it made, and the answer
 * @param again the answer to a repeat; in the same transaction
 */
export type MakeOnce = <T>(
  write: Write,
  once: Once | undefined,
  make: () => Promise<{ id: string; made: T }>,
  again: (id: string) => Promise<T>,
) => Promise<T>;

export interface MakeOnceParts {
  /** The time (ms) from which the age of an idempotency key counts. */
  dateOfAnswer(): number;
  onDamage: OnDamage;
}

export function createMakeOnce({ dateOfAnswer, onDamage }: MakeOnceParts): MakeOnce {
  return async <T>(
    write: Write,
    once: Once | undefined,
    make: () => Promise<{ id: string; made: T }>,
    again: (id: string) => Promise<T>,
  ) => {
    if (!once) return (await make()).made;
    const now: T[] = [];
    const parts = { idempotency: once, at: dateOfAnswer(), onDamage };
    const { id } = await idempotent(write, { id: once.callerId }, parts, async () => {
      const { id, made } = await make();
      now.push(made);
      return { id };
    });
    return now[0] ?? again(id).catch(refuseDeleted);
  };
}

function refuseDeleted(error: unknown): never {
  if (error instanceof ServiceError && error.code === 'not_found')
    throw new ServiceError('conflict', 'What this Idempotency-Key made is deleted since: send another key.');
  throw error;
}
