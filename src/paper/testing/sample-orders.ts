import type { Item, Order } from '#contract/order.ts';

type SampleItem = Partial<Omit<Item, 'modifiers'>> & { name: string; modifiers?: string[] };

const itemOf = ({ modifiers = [], ...item }: SampleItem, i: number): Item => ({
  id: `item-${i}`,
  quantity: 1,
  note: null,
  allergens: [],
  station: null,
  course: null,
  unitPriceMinor: null,
  done: false,
  ...item,
  modifiers: modifiers.map((name) => ({ name, quantity: 1 })),
});

/** An order of this number with these items, placed at 17:31 UTC. */
export function sampleOrder(number: string, items: SampleItem[], rest: Partial<Order> = {}): Order {
  const at = '2026-11-21T17:31:00.000Z';
  return {
    id: `order-${number}`,
    storeId: 'main',
    number,
    externalId: null,
    source: 'pos',
    fulfilment: 'dine_in',
    status: 'preparing',
    statusSince: at,
    priority: false,
    firedCourse: 1,
    customer: null,
    table: '12',
    covers: null,
    items: items.map(itemOf),
    note: null,
    currency: 'EUR',
    totalMinor: 4250,
    payment: { status: 'paid', method: null },
    placedAt: at,
    dueAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    reason: null,
    createdAt: at,
    updatedAt: at,
    version: 1,
    seq: 1,
    ...rest,
  };
}
