import { describe, expect, it } from 'vitest';
import { OrderDraft } from '#contract/order.ts';
import { mapOrder } from './map-order.ts';
import { SquareOrder } from './square-order.ts';
import { line, pickup, squarePayload, tillPayload } from './testing/square-payload.ts';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');
const SHOP = { locationId: 'L1', currency: 'GEL', timeZone: 'Europe/Berlin', now: () => NOON };
const mapped = (payload: Record<string, unknown>) => mapOrder(SquareOrder.parse(payload), SHOP);
const map = (changes: Record<string, unknown> = {}) => mapped(squarePayload(changes));
function draftOf(changes: Record<string, unknown> = {}) {
  const { state } = map(changes);
  if (state.kind !== 'order') throw new Error(state.why);
  return OrderDraft.parse(state.draft);
}
const itemOf = (changes: Record<string, unknown>) => draftOf({ line_items: [line(changes)] }).items[0];
const statusOf = (changes: Record<string, unknown>) => {
  const { state } = map(changes);
  return state.kind === 'order' ? state.status : state.kind;
};

describe('an order of Square', () => {
  it('becomes one of ours, field by field', () => {
    const { id, mark, state } = map();
    expect({ id, mark }).toEqual({ id: 'CAISENgvlJ6jLWAzERDzjyHVybY', mark: 1 });
    expect(state).toMatchObject({ status: 'pending', theirStatus: 'PROPOSED' });
    expect(draftOf()).toEqual({
      number: 'Ada',
      fulfilment: 'pickup',
      customer: { name: 'Ada B', phone: '+10000000000' },
      items: [
        {
          id: 'line-1',
          name: 'Khachapuri',
          quantity: 2,
          modifiers: [
            { name: 'Large', quantity: 1 },
            { name: 'Cheese', quantity: 2 },
          ],
          note: 'well done',
          unitPriceMinor: 1450,
        },
      ],
      note: 'ring the bell\nFrom Square Online',
      currency: 'USD',
      totalMinor: 2900,
      payment: { status: 'paid', method: 'Card' },
      placedAt: '2026-11-21T10:00:00.000Z',
      dueAt: '2026-11-21T11:30:00.000Z',
    });
  });

  it.each([
    [['PROPOSED'], 'OPEN', 'pending'],
    [['RESERVED'], 'OPEN', 'preparing'],
    [['PREPARED'], 'OPEN', 'ready'],
    [['COMPLETED'], 'OPEN', 'completed'],
    [['COMPLETED'], 'COMPLETED', 'completed'],
    [['CANCELED'], 'OPEN', 'cancelled'],
    [['FAILED'], 'OPEN', 'cancelled'],
    [['PROPOSED'], 'CANCELED', 'cancelled'],
    [['PROPOSED'], 'DRAFT', 'none'],
    [['LATER_INVENTED'], 'OPEN', 'pending'],
    // Several: it is as far as the one that is furthest behind, and those that are over do not count.
    [['PREPARED', 'PROPOSED'], 'OPEN', 'pending'],
    [['PREPARED', 'RESERVED', 'COMPLETED'], 'OPEN', 'preparing'],
    [['CANCELED', 'PREPARED'], 'OPEN', 'ready'],
    [['CANCELED', 'COMPLETED'], 'OPEN', 'completed'],
    [['CANCELED', 'FAILED'], 'OPEN', 'cancelled'],
  ])('whose fulfillments are %j and that is %s is %s', (states, state, ours) => {
    expect(statusOf({ state, fulfillments: states.map((one, i) => pickup({ uid: `F${i}`, state: one })) })).toBe(ours);
  });

  it('says why it is cancelled', () => {
    const { state } = map({ fulfillments: [pickup({ state: 'CANCELED' }, { cancel_reason: 'Guest left' })] });
    expect(state).toMatchObject({ status: 'cancelled', reason: 'Guest left' });
  });

  it('of another location is none', () => {
    expect(statusOf({ location_id: 'L2' })).toBe('none');
  });

  it.each([
    [{ net_amount_due_money: { amount: 2900 }, tenders: [] }, { status: 'unpaid' }],
    [{ net_amount_due_money: { amount: 900 } }, { status: 'unpaid', method: 'Card' }],
    [{ net_amount_due_money: undefined, tenders: undefined }, { status: 'unpaid' }],
    [{ net_amount_due_money: undefined }, { status: 'paid', method: 'Card' }],
    [{ refunds: [{ status: 'APPROVED', amount_money: { amount: 2900 } }] }, { status: 'refunded', method: 'Card' }],
    [{ refunds: [{ status: 'REJECTED', amount_money: { amount: 2900 } }] }, { status: 'paid', method: 'Card' }],
    [{ tenders: [{ type: 'BUY_NOW_PAY_LATER' }] }, { status: 'paid', method: 'Buy now pay later' }],
  ])('with %j is %j', (changes, payment) => {
    expect(draftOf(changes).payment).toEqual(payment);
  });

  it('is delivered to the address, which is in the note', () => {
    const delivery_details = {
      deliver_at: '2026-11-21T13:00:00+01:00',
      delivery_window_duration: 'PT1H30M',
      dropoff_notes: 'second floor',
      is_no_contact_delivery: true,
      recipient: { display_name: 'B', address: { address_line_1: 'Street 1', locality: 'X', postal_code: '00000' } },
    };
    const { fulfilment, note, dueAt } = draftOf({
      fulfillments: [{ uid: 'F1', type: 'DELIVERY', state: 'PROPOSED', delivery_details }],
    });
    expect({ fulfilment, dueAt }).toEqual({ fulfilment: 'delivery', dueAt: '2026-11-21T12:00:00.000Z' });
    expect(note).toBe(
      'Deliver to: Street 1, 00000 X\nsecond floor\nDeliver without contact\nTime window: 1 h 30 min\nFrom Square Online',
    );
  });

  it('says in the note which items go with which of several fulfillments', () => {
    const later = { pickup_at: '2026-11-21T12:15:00Z', note: 'the second half' };
    const { dueAt, note } = draftOf({
      line_items: [line(), line({ uid: 'line-2', name: 'Burrito' })],
      fulfillments: [
        pickup({ uid: 'F2', entries: [{ line_item_uid: 'line-2', quantity: '1' }] }, later),
        pickup({ entries: [{ line_item_uid: 'line-1', quantity: '2' }] }),
      ],
    });
    expect(dueAt).toBe('2026-11-21T11:30:00.000Z');
    expect(note).toBe(
      'Pickup 13:15\n- 1 × Burrito\nthe second half\nPickup 12:30\n- 2 × Khachapuri\nring the bell\nFrom Square Online',
    );
  });

  it('stays the same order when one of several fulfillments is done, and is due with the other', () => {
    const later = pickup({ uid: 'F2' }, { pickup_at: '2026-11-21T12:15:00Z' });
    const before = draftOf({ fulfillments: [pickup(), later] });
    const after = draftOf({ fulfillments: [pickup({ state: 'COMPLETED' }), later] });
    expect(after).toEqual({ ...before, dueAt: '2026-11-21T12:15:00.000Z' });
  });

  it('keeps in the note what has no field: discounts, charges, long names, references', () => {
    const { number, note } = draftOf({
      ticket_name: 'Table by the large window',
      reference_id: 'partner-123',
      fulfillments: [pickup({}, { note: undefined, curbside_pickup_details: { curbside_details: 'red car' } })],
      discounts: [{ name: 'Happy hour', applied_money: { amount: 150, currency: 'USD' } }],
      service_charges: [{ name: '', applied_money: { amount: 90, currency: 'USD' } }],
      creation_source: { name: 'Partner' },
    });
    expect(number).toBe('Table by the large …');
    expect(note).toBe(
      'Curbside: red car\nHappy hour: -1.50\nCharge: 0.90\nTable by the large window\nReference: partner-123\nFrom Partner',
    );
  });

  it.each([
    ['the only variation without its name', { variation_name: 'Regular' }, { modifiers: [{ name: 'Cheese' }] }],
    [
      'none of something',
      { modifiers: [{ name: 'onions', quantity: '0' }] },
      { modifiers: [{ name: 'Large' }, { name: '0 × onions' }] },
    ],
    ['half a portion', { quantity: '0.5' }, { quantity: 1, note: 'Quantity: 0.5\nwell done' }],
    [
      'a weight',
      { quantity: '2.25', quantity_unit: { measurement_unit: { weight_unit: 'METRIC_KILOGRAM' } } },
      { quantity: 1, modifiers: [{ name: '2.25 kg' }, { name: 'Large' }, { name: 'Cheese' }], unitPriceMinor: 3263 },
    ],
    [
      'a unit of the shop',
      { quantity: '3', quantity_unit: { measurement_unit: { custom_unit: { name: 'tray', abbreviation: 'tr' } } } },
      { quantity: 1, modifiers: [{ name: '3 tr' }, { name: 'Large' }, { name: 'Cheese' }] },
    ],
    ['an amount without an item', { name: undefined, item_type: 'CUSTOM_AMOUNT' }, { name: 'Custom amount' }],
    ['a name that is too long', { name: 'x'.repeat(250) }, { name: `${'x'.repeat(199)}…` }],
  ])('takes %s', (_, theirs, ours) => {
    expect(itemOf(theirs)).toMatchObject(ours);
  });

  it('is shown though it is broken', () => {
    const { state } = mapped({
      id: 'x',
      state: 'OPEN',
      version: 'one',
      line_items: [null, 7, { name: 'Soup' }],
      fulfillments: [{ state: 'PROPOSED', pickup_details: 5 }],
      total_money: { amount: 'much' },
    });
    expect(state).toMatchObject({
      kind: 'order',
      draft: { items: [{ name: 'Soup', quantity: 1 }], note: 'Total: unknown', currency: 'GEL' },
    });
  });
});

describe('an order of the till', () => {
  const stateOf = (changes: Record<string, unknown> = {}) => mapped(tillPayload(changes)).state;

  it('is to be cooked, whether it is paid yet or not', () => {
    for (const state of ['OPEN', 'COMPLETED'])
      expect(stateOf({ state })).toMatchObject({ status: 'pending', theirStatus: 'OPEN' });
  });

  it('is none when it was closed long ago, or changes long after, as when it is refunded', () => {
    const closed = (closed_at: string, updated_at = closed_at) => stateOf({ closed_at, updated_at });
    expect(closed('2026-11-20T23:59:00Z')).toMatchObject({ kind: 'none' });
    expect(closed('2026-11-21T00:01:00Z')).toMatchObject({ status: 'pending' });
    expect(closed('2026-11-21T07:00:00Z', '2026-11-21T11:01:00Z')).toMatchObject({ kind: 'none' });
    expect(closed('2026-11-21T07:00:00Z', '2026-11-21T10:59:00Z')).toMatchObject({ status: 'pending' });
  });

  it('is none when nothing is ordered in it, as in one that only gives money back', () => {
    expect(stateOf({ line_items: undefined, returns: [{}] })).toMatchObject({ kind: 'none' });
  });

  it('is cancelled when it is called off', () => {
    expect(stateOf({ state: 'CANCELED' })).toMatchObject({ status: 'cancelled' });
  });
});
