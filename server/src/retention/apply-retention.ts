import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import { dropAnswers, dropEscalations, dropTestPages } from './drop-old.ts';
import { dropHistory, dropOrders } from './drop-orders.ts';
import type { RetentionLimits } from './limits.ts';
import { raiseLogFloor } from './raise-log-floor.ts';

export interface RetentionParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  limits: RetentionLimits;
  /** Called when a store's log now starts later. */
  onFloorRaised(storeId: string): void;
}

/** How much was deleted. `logChanges` left only the log and stay as history. */
export const NOTHING_RELEASED = {
  logChanges: 0,
  answers: 0,
  orders: 0,
  historyChanges: 0,
  escalations: 0,
  testPages: 0,
};
export type Released = Readonly<typeof NOTHING_RELEASED>;

/** Deletes what rule S7 no longer requires at `now` (ms), in blocks between other writes. */
export async function applyRetention(parts: RetentionParts, now: number): Promise<Released> {
  const { db, queue, limits, onFloorRaised } = parts;
  const before = (days: number) => new Date(now - days * 86_400_000).toISOString();
  /** Runs blocks until nothing is left to do. */
  async function drain(storeId: string | null, step: (write: Write) => Promise<number>) {
    let all = 0;
    for (let some = -1; some !== 0; all += some) some = await queue.write(storeId, step);
    return all;
  }

  const gone = before(limits.orderDays);
  const released = { ...NOTHING_RELEASED };
  for (const { id } of await db.selectFrom('stores').select('id').execute()) {
    const raised = await drain(id, (write) => raiseLogFloor(write, id, before(limits.logDays), limits));
    if (raised > 0) onFloorRaised(id);
    released.logChanges += raised;
    released.orders += await drain(id, (write) => dropOrders(write, id, gone, limits.block));
    released.historyChanges += await drain(id, (write) => dropHistory(write, id, gone, limits.block));
  }
  released.escalations += await drain(null, (write) => dropEscalations(write, gone, limits.block));
  released.testPages += await drain(null, (write) => dropTestPages(write, before(limits.answerDays), limits.block));
  released.answers += await drain(null, (write) => dropAnswers(write, before(limits.answerDays), limits.block));
  return released;
}
