import type { Order } from './order.ts';
import type { Fulfilment, PaymentStatus, Status } from './status.ts';

/** Filters orders. An empty list or false matches everything. Without schemas, so that pages may import it. */
export interface OrderFilter {
  statuses: readonly Status[];
  fulfilments: readonly Fulfilment[];
  sources: readonly string[];
  payments: readonly PaymentStatus[];
  /** Open, and late by its age. */
  late: boolean;
  /** With a note, on the order or on an item. */
  note: boolean;
  allergens: boolean;
}

export const NO_FILTER: OrderFilter = {
  statuses: [],
  fulfilments: [],
  sources: [],
  payments: [],
  late: false,
  note: false,
  allergens: false,
};

export const isFiltering = ({ late, note, allergens, ...lists }: OrderFilter): boolean =>
  late || note || allergens || Object.values(lists).some((list) => list.length > 0);

/** @param lateAt when the order turns late, or null when it does not age; ms, as `now` */
export function passes(order: Order, filter: OrderFilter, lateAt: number | null, now: number): boolean {
  const { statuses, fulfilments, sources, payments } = filter;
  return (
    among(statuses, order.status) &&
    among(fulfilments, order.fulfilment) &&
    among(sources, order.source ?? '') &&
    among(payments, order.payment.status) &&
    (!filter.late || (lateAt !== null && now >= lateAt)) &&
    (!filter.note || Boolean(order.note) || order.items.some((item) => item.note)) &&
    (!filter.allergens || order.items.some((item) => item.allergens.length > 0))
  );
}

const among = <T>(wanted: readonly T[], is: T): boolean => wanted.length === 0 || wanted.includes(is);
