/** An order as WooCommerce 9.9 writes it; names and numbers are made up. */
export const wooPayload = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 4750,
  number: '4750',
  status: 'processing',
  currency: 'EUR',
  prices_include_tax: true,
  date_created: '2026-11-21T11:00:00',
  date_created_gmt: '2026-11-21T10:00:00',
  date_modified_gmt: '2026-11-21T10:00:05',
  date_paid_gmt: '2026-11-21T10:00:05',
  total: '29.00',
  customer_note: 'ring the bell',
  payment_method: 'stripe',
  payment_method_title: 'Card',
  billing: { first_name: 'A', last_name: 'B', phone: '+10000000000', email: 'a@example.org' },
  shipping: { first_name: 'A', address_1: 'Street 1', city: 'X', postcode: '00000' },
  shipping_lines: [{ method_id: 'local_pickup', method_title: 'Pickup' }],
  meta_data: [{ id: 1, key: 'pickup_time', value: '2026-11-21 12:30' }],
  line_items: [line()],
  ...changes,
});

export const line = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 315,
  name: 'Khachapuri',
  quantity: 2,
  subtotal: '26.36',
  subtotal_tax: '2.64',
  meta_data: [
    { id: 1, key: 'Extra', value: 'cheese', display_key: 'Extra', display_value: 'cheese' },
    { id: 2, key: '_reduced_stock', value: '2' },
  ],
  ...changes,
});
