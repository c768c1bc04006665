/** An order as Square writes it in version 2026-01-22; ids, names and numbers are made up. */
export const squarePayload = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'CAISENgvlJ6jLWAzERDzjyHVybY',
  location_id: 'L1',
  state: 'OPEN',
  version: 1,
  created_at: '2026-11-21T10:00:00.000Z',
  updated_at: '2026-11-21T10:00:05.000Z',
  source: { name: 'Square Online' },
  ticket_name: 'Ada',
  line_items: [line()],
  fulfillments: [pickup()],
  total_money: { amount: 2900, currency: 'USD' },
  net_amount_due_money: { amount: 0, currency: 'USD' },
  tenders: [{ id: 'T1', type: 'CARD', amount_money: { amount: 2900, currency: 'USD' } }],
  ...changes,
});

export const line = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  uid: 'line-1',
  name: 'Khachapuri',
  quantity: '2',
  variation_name: 'Large',
  item_type: 'ITEM',
  note: 'well done',
  base_price_money: { amount: 1450, currency: 'USD' },
  modifiers: [{ uid: 'm1', name: 'Cheese', quantity: '2', base_price_money: { amount: 100, currency: 'USD' } }],
  ...changes,
});

export const pickup = (changes: Record<string, unknown> = {}, details: Record<string, unknown> = {}) => ({
  uid: 'F1',
  type: 'PICKUP',
  state: 'PROPOSED',
  pickup_details: {
    schedule_type: 'SCHEDULED',
    pickup_at: '2026-11-21T11:30:00.000Z',
    note: 'ring the bell',
    recipient: { display_name: 'Ada B', phone_number: '+10000000000' },
    ...details,
  },
  ...changes,
});

/** An order of the till: it has no fulfillment, and is closed when it is paid. */
export const tillPayload = (changes: Record<string, unknown> = {}): Record<string, unknown> =>
  squarePayload({
    state: 'COMPLETED',
    closed_at: '2026-11-21T10:00:05.000Z',
    source: { name: 'Square Point of Sale' },
    fulfillments: undefined,
    ...changes,
  });
