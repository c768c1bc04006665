import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { OrderDraft } from '#contract/order.ts';

/** An order as a web shop would place it, with a new `externalId` at every call. */
export function orderDraft(over: Partial<z.input<typeof OrderDraft>> = {}): z.input<typeof OrderDraft> {
  return {
    externalId: `web-${randomUUID()}`,
    source: 'web',
    fulfilment: 'pickup',
    customer: { name: 'Нино 王 ญาดา', ref: 'u-1', phone: '+995 555 12 34 56' },
    items: [
      {
        name: 'Khachapuri',
        quantity: 2,
        modifiers: [{ name: 'extra cheese', quantity: 1 }],
        allergens: ['milk'],
        unitPriceMinor: 1450,
      },
    ],
    currency: 'GEL',
    totalMinor: 2900,
    payment: { status: 'unpaid' },
    ...over,
  };
}
