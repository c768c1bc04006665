import type { Kysely } from 'kysely';
import type { AdminCommand, AdminCommandAnswer } from '#contract/admin.ts';
import type { Order } from '#contract/order.ts';
import type { ManagingCaller } from '../caller.ts';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import type { Hints } from '../hints/hints.ts';
import type { MakeOnce } from '../idempotency/make-once.ts';
import type { Term } from '../leases/term.ts';
import type { Log, Receipts, Stores } from '../service.ts';

/** What all of this folder works with. */
export interface TelegramParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  hints: Hints;
  makeOnce: MakeOnce;
  log: Pick<Log, 'follow'>;
  receipts: Pick<Receipts, 'presence'>;
  stores: Pick<Stores, 'get'>;
  /** undefined: the store has no such order. */
  readOrder(storeId: string, id: string): Promise<Order | undefined>;
  /** As of the service, through a queue. */
  submitIntent(queue: WriteQueue, caller: ManagingCaller, command: AdminCommand): Promise<AdminCommandAnswer>;
  logger: { warn(details: object, message: string): void };
  /** ms since 1970. */
  now(): number;
}

/** What the running bot works with: `queue` is of the term. */
export interface BotParts extends TelegramParts {
  term: Term;
}
