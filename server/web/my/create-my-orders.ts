import type { CustomerOrders, PublicOrder } from '#contract/public-order.ts';
import type { Answer, CustomerApi } from '../customer/customer-api.ts';
import type { MyOrders } from '../customer/my-page.ts';

const PAGE = 20;
/** The most that one answer holds (contract, section 5). */
const MOST = 200;

/** One customer's orders on the page, newest first. */
export interface MyOrdersStore {
  /** Null until the first answer. */
  known(): Omit<MyOrders, 'cancelling'> | null;
  /** Reads as many as are shown. */
  read(): Promise<Answer<CustomerOrders>>;
  set(answer: CustomerOrders): void;
  /** A new order, or one that changed. */
  put(order: PublicOrder): void;
  remove(orderId: string): void;
  /** Adds a page of earlier ones. */
  more(): Promise<void>;
}

/** @param onOrder each order that is shown, with what was shown of it */
export function createMyOrders(
  api: CustomerApi,
  onOrder: (before: PublicOrder | undefined, order: PublicOrder) => void,
  draw: () => void,
): MyOrdersStore {
  let known: (Omit<MyOrders, 'cancelling'> & { nextBefore: string | null }) | null = null;
  function update(next: Partial<NonNullable<typeof known>>): void {
    if (!known) return;
    known = { ...known, ...next };
    draw();
  }

  const shownOf = (orderId: string) => known?.orders.find(({ id }) => id === orderId);

  return {
    known: () => known,
    read: () => api.orders({ limit: Math.min(MOST, Math.max(PAGE, known?.orders.length ?? 0)) }),
    set({ store, orders, nextBefore }) {
      for (const order of orders) onOrder(shownOf(order.id), order);
      known = { store, orders, nextBefore, more: nextBefore === null ? 'none' : 'some' };
      draw();
    },
    put(order) {
      onOrder(shownOf(order.id), order);
      if (known) update({ orders: withOrder(known.orders, order, known.nextBefore === null) });
    },
    remove(orderId) {
      if (known) update({ orders: known.orders.filter(({ id }) => id !== orderId) });
    },
    async more() {
      if (!known?.nextBefore) return;
      const before = known.nextBefore;
      update({ more: 'loading' });
      const answer = await api.orders({ limit: PAGE, before });
      // Everything was read again meanwhile.
      if (known.nextBefore !== before) return;
      if (answer.kind !== 'ok') return update({ more: 'failed' });
      const { orders, nextBefore } = answer.value;
      const shown = new Set(known.orders.map(({ id }) => id));
      update({
        orders: [...known.orders, ...orders.filter(({ id }) => !shown.has(id))],
        nextBefore,
        more: nextBefore === null ? 'none' : 'some',
      });
    },
  };
}

/**
 * A new order at its place; one that is shown already stays where it is. Of an order that is earlier than all that are shown,
 * while there are more, nothing is shown: it comes with its page.
 */
function withOrder(orders: readonly PublicOrder[], order: PublicOrder, isAll: boolean): readonly PublicOrder[] {
  if (orders.some(({ id }) => id === order.id)) return orders.map((one) => (one.id === order.id ? order : one));
  const place = orders.findIndex(({ placedAt }) => placedAt <= order.placedAt);
  if (place < 0) return isAll ? [...orders, order] : orders;
  return [...orders.slice(0, place), order, ...orders.slice(place)];
}
