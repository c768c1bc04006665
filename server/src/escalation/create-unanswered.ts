import type { Kysely } from 'kysely';
import type { Escalation } from '#contract/admin.ts';
import type { Tables } from '../database/tables.ts';
import { findEscalations } from './escalation-rows.ts';

/** Escalations that were raised or resolved by a write without an answer: whether they are stored is looked up. */
export interface Unanswered {
  add(escalations: readonly Escalation[]): void;
  /** Call it once a second. Rejects while the database is away. */
  look(): Promise<void>;
}

/** @param onStored called once for each that was stored as it was added */
export function createUnanswered(db: Kysely<Tables>, onStored: (escalation: Escalation) => void): Unanswered {
  const waiting = new Map<string, Escalation>();
  return {
    add(escalations) {
      for (const one of escalations) waiting.set(one.id, one);
    },
    async look() {
      if (waiting.size === 0) return;
      const looked = new Map(waiting);
      const found = await findEscalations(db, [...looked.keys()]);
      for (const [id, one] of looked) if (waiting.get(id) === one) waiting.delete(id);
      for (const one of found)
        if ((one.resolvedAt === null) === (looked.get(one.id)?.resolvedAt === null)) onStored(one);
    },
  };
}
