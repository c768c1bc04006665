import type { Order } from '#contract/order.ts';
import { publicView } from '#contract/public-order.ts';
import { owns } from '../../../customers/owns.ts';
import type { CustomerSocket } from './customer-namespace.ts';

/** What one connected customer was sent. */
export interface CustomerSession {
  /** Sends the order if it is the customer's, and says that it is gone if it no longer is. Ignores older versions. */
  changed(order: Order): void;
  /** The order is deleted. */
  removed(orderId: string): void;
  /** The orders that it was sent. */
  orders(): Iterable<string>;
}

/** @param onFirst called with the id of each order that is sent for the first time */
export function createCustomerSession(socket: CustomerSocket, onFirst: (orderId: string) => void): CustomerSession {
  const { customer } = socket.data;
  const sent = new Map<string, { version: number; isTheirs: boolean }>();

  return {
    orders: () => sent.keys(),
    changed(order) {
      const before = sent.get(order.id);
      // The list of open orders may have been read after the changes that are sent now.
      if (before && before.version >= order.version) return;
      const isTheirs = owns(customer, order);
      if (!isTheirs && !before) return;
      if (!before) onFirst(order.id);
      sent.set(order.id, { version: order.version, isTheirs });
      if (isTheirs) socket.emit('order', publicView(order));
      else if (before?.isTheirs) socket.emit('order_removed', { id: order.id });
    },
    removed(orderId) {
      if (sent.get(orderId)?.version === DELETED.version) return;
      sent.set(orderId, DELETED);
      socket.emit('order_removed', { id: orderId });
    },
  };
}

/** No version comes after it. */
const DELETED = { version: Number.POSITIVE_INFINITY, isTheirs: false };
