import { createFollowers } from '../../../log/follow/create-followers.ts';
import type { Follower } from '../../../log/follow/follower.ts';
import type { Service } from '../../../service.ts';
import { keyOf } from '../../identify.ts';
import { whenFlushed } from '../when-flushed.ts';
import type { CustomerNamespace, CustomerSocket } from './customer-namespace.ts';
import { type CustomersOfStore, createCustomersOfStore } from './customers-of-store.ts';
import { serveCustomer } from './serve-customer.ts';

/**
 * Connections of one customer; with more, the oldest ends. Anybody may have a customer's link, so the number must have a
 * bound; it is more than the screens of a family.
 */
export const CONNECTIONS_EACH = 20;

/** The customers on `/customer`, and what is sent to them. */
export interface ConnectedCustomers {
  /** The head of a store, from a hint or the periodic check. */
  heardOf(storeId: string, head: number): void;
  /** The stores with customers. */
  stores(): string[];
  /** Ends the connections whose token has expired. Call it each second. */
  endExpired(): void;
}

export interface ConnectedCustomersOptions {
  service: Pick<Service, 'customers' | 'log'>;
  namespace: CustomerNamespace;
  /** Throws `rate_limited` if this customer has sent too much. */
  count(socket: CustomerSocket): void;
  onFailure(error: unknown): void;
}

/** One follower reads the log of a store for all its customers. */
interface Followed {
  customers: CustomersOfStore;
  follower: Follower<CustomersOfStore>;
  /** Every later change is sent. */
  started: Promise<void>;
}

export function createCustomers(options: ConnectedCustomersOptions): ConnectedCustomers {
  const { service, namespace, count, onFailure } = options;
  const byStore = new Map<string, Followed>();
  const sockets = new Set<CustomerSocket>();
  const byCustomer = new Map<string, Set<CustomerSocket>>();

  const followers = createFollowers<CustomersOfStore>({
    log: service.log,
    send(_storeId, to, { to: last, changes }) {
      for (const { target } of to) target.changed(changes).catch(onFailure);
      // A socket that does not read is ended when too much waits for it.
      queueMicrotask(() => {
        for (const follower of to) follower.confirm(last);
      });
    },
    // The log does not go on from here, as after a restored backup: all connect again, and get their open orders.
    onReset: ({ storeId }) => {
      for (const socket of sockets) if (socket.data.customer.storeId === storeId) socket.conn.close();
    },
    onFailure,
  });

  function follow(storeId: string): Followed {
    const customers = createCustomersOfStore(service.customers);
    const follower = followers.subscribe(storeId, customers);
    const started = service.log
      .head(storeId)
      .then(({ epoch, head, hash }) => follower.start({ epoch, cursor: head, hash }));
    const followed = { customers, follower, started };
    byStore.set(storeId, followed);
    return followed;
  }

  function join(socket: CustomerSocket): void {
    const key = keyOf(socket.data.customer);
    const theirs = (byCustomer.get(key) ?? new Set()).add(socket);
    byCustomer.set(key, theirs);
    sockets.add(socket);
    const [oldest] = theirs;
    if (theirs.size > CONNECTIONS_EACH) oldest?.disconnect(true);
  }

  function leave(socket: CustomerSocket): void {
    const key = keyOf(socket.data.customer);
    const theirs = byCustomer.get(key);
    theirs?.delete(socket);
    if (theirs?.size === 0) byCustomer.delete(key);
    sockets.delete(socket);
  }

  /** The open orders as they are after the log is followed, so that no change is missed in between. */
  async function greet(socket: CustomerSocket, { customers, started }: Followed): Promise<void> {
    await started;
    for (let before: string | null | undefined; before !== null && socket.connected; ) {
      const { orders, nextBefore } = await service.customers.openOrders(socket.data.customer, before ?? null);
      for (const order of orders) customers.show(socket, order);
      before = nextBefore;
      if (before !== null) await whenFlushed(socket);
    }
  }

  namespace.on('connection', (socket) => {
    const { storeId } = socket.data.customer;
    const followed = byStore.get(storeId) ?? follow(storeId);
    followed.customers.join(socket);
    serveCustomer(socket, { service, count: () => count(socket), onFailure });
    socket.on('disconnect', () => {
      leave(socket);
      if (followed.customers.leave(socket) > 0) return;
      followed.follower.unsubscribe();
      byStore.delete(storeId);
    });
    join(socket);
    greet(socket, followed).catch((error) => {
      onFailure(error);
      socket.conn.close();
    });
  });

  return {
    heardOf: followers.heardOf,
    stores: followers.stores,
    endExpired() {
      for (const socket of sockets) {
        const { expiresAt } = socket.data.customer;
        if (expiresAt !== null && expiresAt <= Date.now()) socket.disconnect(true);
      }
    },
  };
}
