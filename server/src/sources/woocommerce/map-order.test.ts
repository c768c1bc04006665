import { describe, expect, it } from 'vitest';
import { OrderDraft } from '#contract/order.ts';
import { mapOrder } from './map-order.ts';
import { line, wooPayload } from './testing/woo-payload.ts';
import { WooOrder } from './woo-order.ts';

const SHOP = { currency: 'GEL', timeZone: 'Europe/Berlin', metaKeys: {} };
const map = (changes: Record<string, unknown> = {}, shop: Parameters<typeof mapOrder>[1] = SHOP) =>
  mapOrder(WooOrder.parse(wooPayload(changes)), shop);
function draftOf(changes: Record<string, unknown> = {}, shop: Parameters<typeof mapOrder>[1] = SHOP) {
  const { state } = map(changes, shop);
  if (state.kind !== 'order') throw new Error(state.why);
  return OrderDraft.parse(state.draft);
}
const itemOf = (changes: Record<string, unknown>) => draftOf({ line_items: [line(changes)] }).items[0];

describe('an order of WooCommerce', () => {
  it('becomes one of ours, field by field', () => {
    const { id, mark, state } = map();
    expect({ id, mark }).toEqual({ id: '4750', mark: Date.parse('2026-11-21T10:00:05Z') });
    expect(state).toMatchObject({ status: 'pending', theirStatus: 'processing' });
    expect(draftOf()).toEqual({
      number: '4750',
      fulfilment: 'pickup',
      customer: { name: 'A B', phone: '+10000000000' },
      items: [
        {
          id: '315',
          name: 'Khachapuri',
          quantity: 2,
          modifiers: [{ name: 'Extra: cheese', quantity: 1 }],
          unitPriceMinor: 1450,
        },
      ],
      note: 'ring the bell\nPickup',
      currency: 'EUR',
      totalMinor: 2900,
      payment: { status: 'paid', method: 'Card' },
      placedAt: '2026-11-21T10:00:00.000Z',
      dueAt: '2026-11-21T11:30:00.000Z',
    });
  });

  it.each([
    ['processing', 'pending'],
    ['on-hold', 'pending'],
    ['completed', 'completed'],
    ['cancelled', 'cancelled'],
    ['refunded', 'cancelled'],
    ['preparing', 'preparing'],
    ['ready-on-shelf-3', 'pending'],
    ['checkout-draft', 'none'],
    ['pending', 'none'],
    ['failed', 'none'],
  ])('that is “%s” is %s here', (theirs, ours) => {
    const { state } = map({ status: theirs });
    expect(state.kind === 'order' ? state.status : state.kind).toBe(ours);
  });

  it.each([
    ['processing', 'stripe', 'paid'],
    ['processing', 'cod', 'unpaid'],
    ['completed', 'cod', 'paid'],
    ['on-hold', 'bacs', 'unpaid'],
    ['refunded', 'stripe', 'refunded'],
  ])('that is “%s” by %s is %s', (status, method, payment) => {
    expect(draftOf({ status, payment_method: method }).payment?.status).toBe(payment);
  });

  it.each([
    ['EUR', '29.00', 2900],
    ['JPY', '2900', 2900],
    ['KWD', '1.005', 1005],
    ['USD', '1.005', 101],
    ['EUR', '-3.00', 0],
    ['EUR', null, 0],
  ])('of %s %s costs %i', (currency, total, minor) => {
    expect(draftOf({ currency, total }).totalMinor).toBe(minor);
  });

  it('is sent to the address, which is in the note', () => {
    const { fulfilment, note } = draftOf({ shipping_lines: [{ method_id: 'flat_rate', method_title: 'Courier' }] });
    expect(fulfilment).toBe('delivery');
    expect(note).toContain('Deliver to: Street 1, 00000 X');
  });

  it('keeps in the note what has no field: fees, coupons, refunds, plugins', () => {
    const { note } = draftOf({
      fee_lines: [{ name: 'Tip &amp; thanks', total: '2.00' }],
      coupon_lines: [{ code: 'spring', discount: '1.50' }],
      refunds: [{ reason: 'sold out', total: '-5.00' }],
      meta_data: [
        { key: 'Cutlery', value: 'no' },
        { key: '_internal', value: 'x' },
      ],
    });
    expect(note).toBe(
      'ring the bell\nPickup\nTip & thanks: 2.00\nCoupon spring: -1.50\nRefund sold out: -5.00\nCutlery: no',
    );
  });

  it('has time and table where the owner says that they are', () => {
    const meta_data = [
      { key: 'when', value: '1795260600' },
      { key: 'where', value: '12' },
    ];
    expect(draftOf({ meta_data }, { ...SHOP, metaKeys: { dueAt: 'when', table: 'where' } })).toMatchObject({
      fulfilment: 'dine_in',
      table: '12',
      dueAt: new Date(1_795_260_600_000).toISOString(),
      note: 'ring the bell\nPickup',
    });
  });

  it.each([
    [{ pickup_date: '2026-07-01', pickup_time: '12:30 - 13:00' }, '2026-07-01T10:30:00.000Z'],
    [{ delivery_time: '2026-11-21T12:30:00+04:00' }, '2026-11-21T08:30:00.000Z'],
    [{ pickup_time: 'as soon as possible' }, undefined],
    [{ pickup_time: '2026-02-31 12:30' }, undefined],
  ])('with %j is due at %s', (fields: Record<string, string>, dueAt) => {
    const draft = draftOf({ meta_data: Object.entries(fields).map(([key, value]) => ({ key, value })) });
    expect(draft.dueAt).toBe(dueAt);
    // What is not understood, and the end of a span, is there to be read.
    if (!dueAt || dueAt.includes('07-01')) expect(draft.note).toContain(fields.pickup_time);
  });

  it.each([
    [
      'entities and tags in names',
      { name: 'Fish &amp; Chips <br>&#8211; <b>large</b> 🍟' },
      { name: 'Fish & Chips\n– large 🍟' },
    ],
    ['half a portion', { quantity: 0.5 }, { quantity: 1, note: 'Quantity: 0.5' }],
    ['a name that is too long', { name: 'x'.repeat(250) }, { name: `${'x'.repeat(199)}…`, note: 'x'.repeat(250) }],
    ['an empty name', { name: null }, { name: 'No name' }],
    [
      'allergens',
      { meta_data: [{ key: 'a', display_key: 'Allergens', display_value: '<p>nuts, milk</p>' }] },
      { allergens: ['nuts', 'milk'] },
    ],
  ])('takes %s', (_, theirs, ours) => {
    expect(itemOf(theirs)).toMatchObject(ours);
  });

  it('loses no line: the note has what cannot be an item', () => {
    const lines = Array.from({ length: 203 }, (_, i) => line({ id: i, name: `Dish ${i}`, meta_data: [] }));
    const { items, note } = draftOf({
      line_items: [line({ name: 'Given back', quantity: 0, meta_data: [] }), ...lines],
    });
    expect(items).toHaveLength(200);
    for (const name of ['0 × Given back', '2 × Dish 200', '2 × Dish 202']) expect(note).toContain(name);
  });

  it('is shown though plugins have broken it', () => {
    const { state } = mapOrder(
      WooOrder.parse({
        id: 1,
        status: 'processing',
        line_items: null,
        billing: [],
        meta_data: {},
        total: {},
        currency: 7,
      }),
      SHOP,
    );
    expect(state).toMatchObject({
      kind: 'order',
      draft: { number: '1', items: [{ name: 'See the note', quantity: 1 }], note: 'Total: unknown', currency: 'GEL' },
    });
  });
});
