import { describe, expect, it } from 'vitest';
import { OrderDraft } from '#contract/order.ts';
import { HubRiseOrder } from './hubrise-order.ts';
import { mapOrder } from './map-order.ts';
import { hubriseItem, hubrisePayload } from './testing/hubrise-payload.ts';

const SHOP = { currency: 'GEL', timeZone: 'Europe/Paris' };
const map = (changes: Record<string, unknown> = {}) =>
  mapOrder(HubRiseOrder.parse(hubrisePayload(changes)), 1_000, SHOP);
function draftOf(changes: Record<string, unknown> = {}) {
  const { state } = map(changes);
  if (state.kind !== 'order') throw new Error(state.why);
  return OrderDraft.parse(state.draft);
}
const itemOf = (changes: Record<string, unknown>) => draftOf({ items: [hubriseItem(changes)] }).items[0];

describe('an order of HubRise', () => {
  it('becomes one of ours, field by field', () => {
    expect(map()).toMatchObject({ id: '5dpm9', mark: 1_000, state: { status: 'pending', theirStatus: 'new' } });
    expect(draftOf()).toEqual({
      number: '17654321',
      fulfilment: 'delivery',
      customer: { name: 'A B', phone: '+33000000000' },
      items: [
        {
          id: 'w6nd4',
          name: 'Carbonara (Large)',
          quantity: 1,
          modifiers: [{ name: 'Sauce: BBQ', quantity: 1 }],
          unitPriceMinor: 1240,
        },
      ],
      note: 'Deliver to: Street 1, 00000 X\nsecond floor\nCourier Service: 2.00 EUR\nMyClient',
      currency: 'EUR',
      totalMinor: 1890,
      payment: { status: 'paid', method: 'Card' },
      placedAt: '2026-06-24T15:07:53.000Z',
      dueAt: '2026-06-24T17:07:52.000Z',
    });
  });

  it.each([
    ['new', 'pending'],
    ['received', 'pending'],
    ['accepted', 'preparing'],
    ['in_preparation', 'preparing'],
    ['awaiting_shipment', 'ready'],
    ['awaiting_collection', 'ready'],
    ['in_delivery', 'delivering'],
    ['completed', 'completed'],
    ['rejected', 'rejected'],
    ['cancelled', 'cancelled'],
    ['delivery_failed', 'cancelled'],
    ['a word that we do not know', 'pending'],
  ])('that is “%s” is %s here', (theirs, ours) => {
    expect(map({ status: theirs }).state).toMatchObject({ status: ours, theirStatus: theirs });
  });

  it.each([
    ['delivery', 'delivery'],
    ['collection', 'pickup'],
    ['eat_in', 'dine_in'],
    [null, 'pickup'],
  ])('of the service type %s is %s', (theirs, ours) => {
    expect(draftOf({ service_type: theirs }).fulfilment).toBe(ours);
  });

  it.each([
    [[{ amount: '18.90 EUR' }], 'paid'],
    [[{ amount: '15.00 EUR' }, { amount: '3.90 EUR' }], 'paid'],
    [[{ amount: '15.00 EUR' }, { amount: '3.90 EUR', deleted: true }], 'unpaid'],
    [[], 'unpaid'],
  ])('with the payments %j is %s', (payments, status) => {
    expect(draftOf({ payments }).payment?.status).toBe(status);
  });

  it.each([
    ['18.90 EUR', 'EUR', 1890],
    ['1000.00 JPY', 'JPY', 1000],
    ['1.005 KWD', 'KWD', 1005],
    ['-3.00 EUR', 'EUR', 0],
    [null, 'EUR', 0],
  ])('of %s costs in %s %i', (total, currency, minor) => {
    expect(draftOf({ total })).toMatchObject({ currency, totalMinor: minor });
  });

  it('leaves out what was deleted', () => {
    const draft = draftOf({
      items: [hubriseItem({ id: 'a', deleted: true }), hubriseItem({ id: 'b' })],
      charges: [{ name: 'Bag', price: '1.00 EUR', deleted: true }],
      discounts: [{ name: 'Spring', price_off: '1.00 EUR', deleted: true }],
    });
    expect(draft.items.map(({ id }) => id)).toEqual(['b']);
    expect(draft.note).not.toMatch(/Bag|Spring/);
  });

  it('keeps in the note what has no field', () => {
    const { note, number, table } = draftOf({
      customer_notes: 'no cutlery',
      seller_notes: 'tomatoes are out',
      collection_code: 'A12',
      deals: { 0: { name: 'Lunch', ref: 'L' } },
      items: [hubriseItem({ deal_line: { deal_key: '0', label: 'Main' } }), hubriseItem({ id: 'x' })],
      discounts: [{ name: 'Spring', price_off: '1.50 EUR' }],
      coupon_codes: ['HELLO'],
      confirmed_time: '2026-06-24T19:30:00+02:00',
      delivery: { carrier: 'Fast', driver_name: 'Kim', driver_phone: '+331' },
      loyalty_operations: [{ delta: '-5', reason: 'used' }],
      custom_fields: {
        restaurant: { table_name: '13', staff: { name: 'Michel', id: '6a1b' } },
        shop: { gift: 'yes' },
        epos: { order_id: '1' },
      },
    });
    expect({ number, table }).toEqual({ number: 'A12', table: '13' });
    expect(note?.split('\n')).toEqual([
      'no cutlery',
      'tomatoes are out',
      'Deliver to: Street 1, 00000 X',
      'second floor',
      'Lunch: Carbonara (Main)',
      'Asked for 2026-06-24 19:07',
      'Courier: Fast Kim +331',
      'Courier Service: 2.00 EUR',
      'Spring: -1.50 EUR',
      'Coupon HELLO',
      'Points -5 used',
      'staff name: Michel',
      'shop gift: yes',
      'Ref: 17654321',
      'MyClient',
    ]);
  });

  it('is due when it was confirmed, else when it is expected', () => {
    expect(draftOf({ confirmed_time: '2026-06-24T19:30:00+02:00' }).dueAt).toBe('2026-06-24T17:30:00.000Z');
    expect(draftOf({ expected_time: null })).not.toHaveProperty('dueAt');
  });

  it.each([
    ['two portions', { quantity: '2.0', subtotal: '7.00 EUR' }, { quantity: 2, unitPriceMinor: 350 }],
    ['half a portion', { quantity: '0.5', subtotal: '' }, { quantity: 1, note: 'Quantity: 0.5', unitPriceMinor: 1190 }],
    ['no size', { sku_name: null }, { name: 'Carbonara' }],
    ['a wish', { customer_notes: 'well done' }, { note: 'well done' }],
    ['no name', { product_name: null, sku_name: null }, { name: 'No name' }],
    ['no quantity', { quantity: null }, { quantity: 1 }],
    [
      'options that are taken twice, or left out',
      {
        options: [
          { option_list_name: 'Toppings 1', name: 'Ham', quantity: 2 },
          { option_list_name: null, name: 'Onion', removed: true },
        ],
      },
      {
        modifiers: [
          { name: 'Toppings 1: Ham', quantity: 2 },
          { name: 'without Onion', quantity: 1 },
        ],
      },
    ],
    ['allergens', { options: [{ option_list_name: 'Allergens', name: 'nuts' }] }, { allergens: ['nuts'] }],
  ])('takes an item with %s', (_, theirs, ours) => {
    expect(itemOf(theirs)).toMatchObject(ours);
  });

  it('is shown though a program has broken it', () => {
    const broken = HubRiseOrder.parse({ id: 'x1', status: 5, items: {}, deals: [], customer: 'me', total: {} });
    expect(mapOrder(broken, 0, SHOP).state).toMatchObject({
      kind: 'order',
      status: 'pending',
      draft: { number: 'x1', items: [{ name: 'See the note', quantity: 1 }], note: 'Total: unknown', currency: 'GEL' },
    });
  });
});
