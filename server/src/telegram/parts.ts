import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import type { Hints } from '../hints/hints.ts';
import type { Log, Receipts, Service, Stores } from '../service.ts';

/** What all of this folder works with. */
export interface TelegramParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  hints: Hints;
  log: Pick<Log, 'follow'>;
  receipts: Pick<Receipts, 'presence'>;
  stores: Pick<Stores, 'get'>;
  /** undefined: the store has no such order. */
  readOrder(storeId: string, id: string): Promise<Order | undefined>;
  submitIntent: Service['submitIntent'];
  logger: { warn(details: object, message: string): void };
  /** ms since 1970. */
  now(): number;
}
