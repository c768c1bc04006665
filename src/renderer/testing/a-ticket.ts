import type { Item, Order } from '#contract/order.ts';
import type { Ticket } from '#contract/ticket.ts';

export const anItem = (change: Partial<Item> = {}): Item => ({
  id: 'i1',
  name: 'Khachapuri',
  quantity: 1,
  modifiers: [],
  note: null,
  allergens: [],
  station: null,
  course: null,
  unitPriceMinor: null,
  done: false,
  ...change,
});

const AT = '2026-11-21T10:00:00.000Z';

/** A complete ticket; pass the fields of the order that matter. */
export function aTicket(change: Partial<Order> = {}): Ticket {
  const order: Order = {
    id: 'o1',
    storeId: 'main',
    number: '117',
    externalId: null,
    source: null,
    fulfilment: 'pickup',
    status: 'pending',
    statusSince: AT,
    priority: false,
    firedCourse: 1,
    customer: null,
    table: null,
    covers: null,
    items: [anItem()],
    note: null,
    currency: 'GEL',
    totalMinor: 1450,
    payment: { status: 'unpaid', method: null },
    placedAt: AT,
    dueAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    reason: null,
    createdAt: AT,
    updatedAt: AT,
    version: 1,
    seq: 1,
    ...change,
  };
  const ageFrom = Date.parse(order.dueAt ?? order.placedAt);
  return { order, pending: false, ageFrom, warningAt: null, lateAt: null, marks: null, ended: null };
}
