import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import { dropAnswers } from './drop-answers.ts';
import { dropEscalations } from './drop-escalations.ts';
import { dropHistory, dropOrders } from './drop-orders.ts';
import type { RetentionLimits } from './limits.ts';
import { raiseLogFloor } from './raise-log-floor.ts';

export interface RetentionParts {
  db: Kysely<Tables>;
  door: WriteQueue;
  limits: RetentionLimits;
  /** The log of this store no longer reaches back as far. */
  onFloorRaised(storeId: string): void;
}

/** What was let go: changes from logs (their history stays), and rows for good. */
export interface Released {
  logChanges: number;
  answers: number;
  orders: number;
  historyChanges: number;
  escalations: number;
}
export const NOTHING_RELEASED: Readonly<Released> = {
  logChanges: 0,
  answers: 0,
  orders: 0,
  historyChanges: 0,
  escalations: 0,
};

/** Lets go of what rule S7 no longer asks to be kept at `now` (ms), block by block between other writes. */
export async function applyRetention(parts: RetentionParts, now: number): Promise<Released> {
  const { db, door, limits, onFloorRaised } = parts;
  const before = (days: number) => new Date(now - days * 86_400_000).toISOString();
  /** Writes until a block finds nothing more to do. */
  async function drain(step: (write: Parameters<Parameters<WriteQueue['write']>[0]>[0]) => Promise<number>) {
    let all = 0;
    for (let some = -1; some !== 0; all += some) some = await door.write(step);
    return all;
  }

  const released = { ...NOTHING_RELEASED };
  for (const { id } of await db.selectFrom('stores').select('id').execute()) {
    const raised = await drain((write) => raiseLogFloor(write, id, before(limits.logDays), limits));
    if (raised > 0) onFloorRaised(id);
    released.logChanges += raised;
    released.orders += await drain((write) => dropOrders(write, id, before(limits.orderDays), limits.block));
    released.historyChanges += await drain((write) => dropHistory(write, id, before(limits.orderDays), limits.block));
  }
  released.escalations += await drain((write) => dropEscalations(write, before(limits.orderDays), limits.block));
  released.answers += await drain((write) => dropAnswers(write, before(limits.answerDays), limits.block));
  return released;
}
