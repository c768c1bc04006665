import { randomUUID } from 'node:crypto';

/** An order as section 4 of the contract has it; what no check looks at is left loose. */
export interface PaperOrder extends Record<string, unknown> {
  id: string;
  number: string;
  status: string;
  version: number;
  seq: number;
  acknowledgedAt: string | null;
}

export function anOrder(number: number, over: Partial<PaperOrder> = {}): PaperOrder {
  const now = new Date().toISOString();
  const item = { id: 'i1', name: 'Khachapuri', quantity: 2, modifiers: [], note: null, allergens: [] };
  return {
    id: randomUUID(),
    storeId: 'main',
    number: String(number),
    externalId: null,
    source: 'web',
    fulfilment: 'pickup',
    status: 'pending',
    statusSince: now,
    priority: false,
    firedCourse: 1,
    customer: null,
    table: null,
    covers: null,
    items: [{ ...item, station: null, course: null, unitPriceMinor: null, done: false }],
    note: null,
    currency: 'GEL',
    totalMinor: 2_900,
    payment: { status: 'unpaid', method: null },
    placedAt: now,
    dueAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    reason: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
    seq: 1,
    ...over,
  };
}
