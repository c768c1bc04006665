import type { Order } from './order.ts';

/** The order on a printer's test page; its one item is the printer. @param at ISO */
export function testPage(about: { storeId: string; printer: string; currency: string; at: string }): Order {
  const { storeId, printer: name, currency, at } = about;
  const item = {
    id: '1',
    name,
    quantity: 1,
    modifiers: [],
    note: null,
    allergens: [],
    station: null,
    course: null,
    unitPriceMinor: null,
    done: false,
  };
  return {
    id: 'test',
    storeId,
    number: 'TEST',
    externalId: null,
    source: null,
    fulfilment: 'pickup',
    status: 'preparing',
    statusSince: at,
    priority: false,
    firedCourse: 1,
    customer: null,
    table: null,
    covers: null,
    items: [item],
    note: null,
    currency,
    totalMinor: 0,
    payment: { status: 'unpaid', method: null },
    placedAt: at,
    dueAt: null,
    acknowledgedAt: at,
    acknowledgedBy: null,
    reason: null,
    createdAt: at,
    updatedAt: at,
    version: 1,
    seq: 1,
  };
}
