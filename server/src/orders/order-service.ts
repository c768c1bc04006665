import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import type { Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import { changeFromRow } from '../log/change-rows.ts';
import { type Caller, type Idempotency, type Orders, ServiceError } from '../service.ts';
import type { StoreStats } from '../stats/store-stats.ts';
import { findStore } from '../stores/find-store.ts';
import { type Hand, patchOrder, removeOrder, setPayment, setStatus } from './change-order.ts';
import { createOrder } from './create-order.ts';
import { idempotent } from './idempotent.ts';
import { listOrders } from './list-orders.ts';
import { findOrder } from './order-rows.ts';

export interface OrderServiceParts {
  db: Kysely<Tables>;
  door: WriteQueue;
  stats: StoreStats;
  now(): number;
}

export function createOrderService({ db, door, stats, now }: OrderServiceParts): Orders {
  /** One change of one order: who intents it must reach the order, and a repeated key does it once. */
  function change<T extends Order | null>(
    caller: Caller,
    id: string,
    idempotency: Idempotency | undefined,
    job: (write: Write, order: Order, hand: Hand) => Promise<T>,
  ): Promise<T> {
    return door.write((write) => {
      const hand = { by: by(caller), now: now() };
      return idempotent(write, caller, { idempotency, now: hand.now }, async () =>
        job(write, (await findOrder(write.tx, caller.storeId, id)) ?? refuse(), hand),
      );
    });
  }

  return {
    create: (caller, storeId, draft) =>
      door.write((write) => createOrder(write, storeId, draft, { by: by(caller), now: now() })),
    get: async (caller, id) => (await findOrder(db, caller.storeId, id)) ?? refuse(),
    async list(query) {
      if (query.storeId !== null) await findStore(db, query.storeId);
      return listOrders(db, query);
    },
    patch: (caller, id, patch, { ifMatch, idempotency }) =>
      change(caller, id, idempotency, (write, order, hand) => patchOrder(write, order, patch, { ...hand, ifMatch })),
    async remove(caller, id, { idempotency }) {
      await change(caller, id, idempotency, removeOrder);
    },
    setStatus: (caller, id, to, { reason, idempotency }) =>
      change(caller, id, idempotency, (write, order, hand) => setStatus(write, order, to, { ...hand, reason })),
    setPayment: (caller, id, payment, { idempotency }) =>
      change(caller, id, idempotency, (write, order, hand) => setPayment(write, order, payment, hand)),
    async history(caller, id) {
      let query = db.selectFrom('changes').selectAll().where('order_id', '=', id).orderBy('seq');
      if (caller.storeId !== null) query = query.where('store_id', '=', caller.storeId);
      const rows = await query.execute();
      return rows.length > 0 ? rows.map(changeFromRow) : refuse();
    },
    stats: (storeId, from, to) => stats.between(storeId, from, to),
    statsToday: (storeId) => stats.today(storeId),
  };
}

const by = ({ role, id, name }: Caller) => ({ role, id, name });

function refuse(): never {
  throw new ServiceError('not_found', 'There is no such order.');
}
