import type { Order } from '#contract/order.ts';
import type { Change } from '#contract/sync.ts';
import type { Customers } from '../../../service.ts';
import type { CustomerSocket } from './customer-namespace.ts';
import { type CustomerSession, createCustomerSession } from './customer-session.ts';

/** The connected customers of one store. */
export interface CustomersOfStore {
  join(socket: CustomerSocket): void;
  /** Returns how many are left. */
  leave(socket: CustomerSocket): number;
  /** Sends an order to one of them. */
  show(socket: CustomerSocket, order: Order): void;
  /** Sends the next changes of the store's log to those whose orders they are. */
  changed(changes: readonly Change[]): Promise<void>;
}

export function createCustomersOfStore(customers: Pick<Customers, 'refOfDeleted'>): CustomersOfStore {
  const sessions = new Map<CustomerSocket, CustomerSession>();
  const byRef = new Map<string, Set<CustomerSession>>();
  /** Those who were sent an order, or whose only order it is. */
  const byOrder = new Map<string, Set<CustomerSession>>();

  async function removed(orderId: string): Promise<void> {
    for (const session of byOrder.get(orderId) ?? []) session.removed(orderId);
    if (byRef.size === 0) return;
    // A page may list closed orders, which were not sent.
    const ref = await customers.refOfDeleted(orderId);
    for (const session of (ref !== null && byRef.get(ref)) || []) session.removed(orderId);
  }

  return {
    join(socket) {
      const { of } = socket.data.customer;
      const session = createCustomerSession(socket, (orderId) => add(byOrder, orderId, session));
      sessions.set(socket, session);
      if ('ref' in of) add(byRef, of.ref, session);
      else add(byOrder, of.orderId, session);
    },
    leave(socket) {
      const session = sessions.get(socket);
      const { of } = socket.data.customer;
      sessions.delete(socket);
      if (session) {
        if ('ref' in of) drop(byRef, of.ref, session);
        else drop(byOrder, of.orderId, session);
        for (const orderId of session.orders()) drop(byOrder, orderId, session);
      }
      return sessions.size;
    },
    show: (socket, order) => sessions.get(socket)?.changed(order),
    async changed(changes) {
      const deleted: string[] = [];
      for (const { orderId, order } of changes) {
        // A later change of the batch carries it.
        if (order === undefined) continue;
        if (order === null) deleted.push(orderId);
        else {
          const theirs = byRef.get(order.customer?.ref ?? '') ?? [];
          for (const session of new Set([...theirs, ...(byOrder.get(orderId) ?? [])])) session.changed(order);
        }
      }
      for (const orderId of deleted) await removed(orderId);
    },
  };
}

function add(index: Map<string, Set<CustomerSession>>, key: string, session: CustomerSession): void {
  index.set(key, (index.get(key) ?? new Set()).add(session));
}

function drop(index: Map<string, Set<CustomerSession>>, key: string, session: CustomerSession): void {
  const left = index.get(key);
  left?.delete(session);
  if (left?.size === 0) index.delete(key);
}
