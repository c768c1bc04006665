import type { Item, Order } from '#contract/order.ts';

/** A complete, realistic order, placed on 2026-11-21 at 10:00:00 UTC; `change` overrides fields. */
export function anOrder(change: Partial<Order> = {}): Order {
  return {
    id: '01990000-0000-7000-8000-000000000117',
    storeId: 'main',
    number: '117',
    externalId: 'web-8812',
    source: 'web',
    fulfilment: 'pickup',
    status: 'pending',
    statusSince: '2026-11-21T10:00:00.000Z',
    priority: false,
    firedCourse: 1,
    customer: { ref: 'u-17', name: 'Нино', phone: null },
    table: null,
    covers: null,
    items: [anItem()],
    note: null,
    currency: 'GEL',
    totalMinor: 2900,
    payment: { status: 'unpaid', method: null },
    placedAt: '2026-11-21T10:00:00.000Z',
    dueAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    reason: null,
    createdAt: '2026-11-21T10:00:00.000Z',
    updatedAt: '2026-11-21T10:00:00.000Z',
    version: 1,
    seq: 1,
    ...change,
  };
}

/** Two khachapuri with extra cheese, not done. */
export function anItem(change: Partial<Item> = {}): Item {
  return {
    id: 'i1',
    name: 'Khachapuri',
    quantity: 2,
    modifiers: [{ name: 'extra cheese', quantity: 1 }],
    note: null,
    allergens: ['milk'],
    station: 'oven',
    course: 1,
    unitPriceMinor: 1450,
    done: false,
    ...change,
  };
}
