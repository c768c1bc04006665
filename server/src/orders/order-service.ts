import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import type { Caller } from '../caller.ts';
import type { OnDamage } from '../database/damage.ts';
import type { Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import { idempotent } from '../idempotency/idempotent.ts';
import type { Idempotency } from '../idempotency/once.ts';
import type { Orders } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { readSales } from '../stats/store-sales.ts';
import type { StoreStats } from '../stats/store-stats.ts';
import { findStore } from '../stores/find-store.ts';
import { type ChangeContext, patchOrder, removeOrder, setPayment, setStatus } from './change-order.ts';
import type { Mending } from './create-mending.ts';
import { createOrder } from './create-order.ts';
import { findExternalId } from './find-external-id.ts';
import { listOrders } from './list-orders.ts';
import { findOrder, storeOfOrder } from './order-rows.ts';
import { readHistory } from './read-history.ts';

export interface OrderServiceParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  stats: StoreStats;
  mending: Mending;
  onDamage: OnDamage;
  now(): number;
  /** The time (ms) from which the age of an idempotency key counts. */
  dateOfAnswer(): number;
}

export function createOrderService({
  db,
  queue,
  stats,
  mending,
  onDamage,
  now,
  dateOfAnswer,
}: OrderServiceParts): Orders {
  /** Changes one order of the caller's store; once for a repeated key. */
  async function change<T extends Order | null>(
    caller: Caller,
    id: string,
    idempotency: Idempotency | undefined,
    job: (write: Write, order: Order, context: ChangeContext) => Promise<T>,
  ): Promise<T> {
    const storeId = caller.storeId ?? (await storeOfOrder(db, id));
    return mending(() =>
      queue.write(storeId, (write) => {
        const context = { by: by(caller), now: now() };
        return idempotent(write, caller, { idempotency, at: dateOfAnswer(), onDamage }, async () => {
          const order = storeId === null ? undefined : await findOrder(write.tx, storeId, id);
          return job(write, order ?? refuse(), context);
        });
      }),
    );
  }

  return {
    create: (caller, storeId, draft, { idempotency } = {}) =>
      mending(() =>
        queue.write(storeId, async (write) => {
          let created = false;
          const order = await idempotent(write, caller, { idempotency, at: dateOfAnswer(), onDamage }, async () => {
            const placed = await createOrder(write, storeId, draft, { by: by(caller), now: now(), onDamage });
            created = placed.created;
            return placed.order;
          });
          return { order, created };
        }),
      ),
    idOf: (storeId, externalId) => findExternalId({ db, queue, onDamage }, storeId, externalId),
    get: async (caller, id) =>
      (await mending((replacements) => findOrder(db, caller.storeId, id, replacements))) ?? refuse(),
    async list(query, signal) {
      if (query.storeId !== null) await findStore(db, query.storeId);
      return mending((replacements) => listOrders(db, query, replacements, signal));
    },
    patch: (caller, id, patch, { ifMatch, idempotency }) =>
      change(caller, id, idempotency, (write, order, context) =>
        patchOrder(write, order, patch, { ...context, ifMatch }),
      ),
    async remove(caller, id, { idempotency }) {
      await change(caller, id, idempotency, removeOrder);
    },
    setStatus: (caller, id, to, { reason, idempotency }) =>
      change(caller, id, idempotency, (write, order, context) => setStatus(write, order, to, { ...context, reason })),
    setPayment: (caller, id, payment, { idempotency }) =>
      change(caller, id, idempotency, (write, order, context) => setPayment(write, order, payment, context)),
    history: (caller, id, after = 0) => readHistory({ db, onDamage }, caller.storeId, id, after),
    stats: stats.between,
    sales: (storeId, from, to, signal) =>
      mending((replacements) => readSales(db, { storeId, from, to }, replacements, signal)),
    statsToday: (storeId) => stats.today(storeId),
  };
}

const by = ({ role, id, name }: Caller) => ({ role, id, name });

function refuse(): never {
  throw new ServiceError('not_found', 'There is no such order.');
}
