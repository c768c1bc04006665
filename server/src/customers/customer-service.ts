import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import { type CustomerOrders, type PublicOrder, publicView } from '#contract/public-order.ts';
import type { Customer } from '../caller.ts';
import type { Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import { setStatus } from '../orders/change-order.ts';
import type { Mending } from '../orders/create-mending.ts';
import { lastWholeState } from '../orders/last-whole-state.ts';
import { listOrders } from '../orders/list-orders.ts';
import { OPEN_STATUSES } from '../orders/open-statuses.ts';
import { findOrder, storeOfOrder } from '../orders/order-rows.ts';
import type { Customers } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { findStore } from '../stores/find-store.ts';
import { owns } from './owns.ts';
import { readSteps } from './read-steps.ts';

export interface CustomerParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  mending: Mending;
  now(): number;
}

export function createCustomerService({ db, queue, mending, now }: CustomerParts): Customers {
  type Page = { orders: Order[]; nextBefore: string | null };

  /** A page of the customer's orders, newest first. */
  async function page(customer: Customer, asked: { limit: number; before?: string; isOpen?: true }): Promise<Page> {
    const { storeId, of } = customer;
    const { isOpen, ...rest } = asked;
    if ('orderId' in of) {
      const order = await mending((replacements) => findOrder(db, storeId, of.orderId, replacements));
      const orders = order && (!isOpen || OPEN_STATUSES.includes(order.status)) ? [order] : [];
      return { orders, nextBefore: null };
    }
    const query = { storeId, customerRef: of.ref, ...rest, ...(isOpen && { status: OPEN_STATUSES }) };
    const { orders, nextBefore } = await mending((replacements) => listOrders(db, query, replacements));
    // The column by which they were found has no checksum.
    return { orders: orders.filter((order) => owns(customer, order)), nextBefore };
  }

  return {
    async find(claim) {
      if ('orderId' in claim) {
        const storeId = await storeOfOrder(db, claim.orderId);
        return storeId === null
          ? null
          : { role: 'customer', id: claim.orderId, storeId, of: { orderId: claim.orderId }, expiresAt: null };
      }
      const { storeId, ref, expiresAt } = claim;
      const store = await db.selectFrom('stores').select('id').where('id', '=', storeId).executeTakeFirst();
      return store ? { role: 'customer', id: ref, storeId, of: { ref }, expiresAt } : null;
    },
    async list(customer, asked) {
      const { name, currency, time_zone: timeZone } = await findStore(db, customer.storeId);
      const { orders, nextBefore } = await page(customer, asked);
      return {
        store: { name, currency, timeZone },
        orders: orders.map(publicView),
        nextBefore,
      } satisfies CustomerOrders;
    },
    openOrders: (customer, before) => page(customer, { limit: 50, isOpen: true, ...(before !== null && { before }) }),
    cancel: (customer, orderId, reason) =>
      mending(() => queue.write(customer.storeId, (write) => cancel(write, customer, orderId, { reason, now: now() }))),
    steps: async ({ storeId, of }) => ('orderId' in of ? readSteps(db, storeId, of.orderId) : []),
    refOfDeleted: async (orderId) => (await lastWholeState(db, orderId))?.order.customer?.ref ?? null,
  };
}

async function cancel(
  write: Write,
  customer: Customer,
  orderId: string,
  { reason, now }: { reason: string | undefined; now: number },
): Promise<PublicOrder> {
  const order = await findOrder(write.tx, customer.storeId, orderId);
  if (!order || !owns(customer, order)) throw new ServiceError('not_found', 'There is no such order.');
  if (order.status === 'cancelled') return publicView(order);
  if (order.status !== 'pending')
    throw new ServiceError('invalid_transition', 'This order can no longer be cancelled here: call the shop.', {
      order: publicView(order),
    });
  const by = { role: 'customer' as const, id: customer.id, name: order.customer?.name || 'customer' };
  return publicView(
    await setStatus(write, order, 'cancelled', { by, now, reason: `customer: ${reason ?? 'no reason given'}` }),
  );
}
