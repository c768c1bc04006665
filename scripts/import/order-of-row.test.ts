import { describe, expect, it } from 'vitest';
import { LEGACY_STATUSES } from '#contract/status.ts';
import type { OldRow } from './old-row.ts';
import { orderOfRow } from './order-of-row.ts';

const STORE = { currency: 'GEL', timeZone: 'Asia/Tbilisi', now: Date.parse('2026-11-21T12:00:00.000Z') };
const ROW: OldRow['values'] = {
  id: '17',
  status: 'delivered',
  created_at: '2025-03-01 19:30:00',
  customer: 'Nino',
  phone: '+995 555 12 34 56',
  total: '29.50',
  items: '[{"name": "Khachapuri", "quantity": 2, "price": "14.75"}]',
  type: 'delivery',
};
const read = (over: OldRow['values'] = {}, kind: OldRow['kind'] = 'order') =>
  orderOfRow({ kind, values: { ...ROW, ...over } }, 'import:17', STORE);

describe('a row of an older system', () => {
  it('becomes an order with its time, its sum and its number', () => {
    expect(read()).toMatchObject({
      finishedAt: '2025-03-01T15:30:00.000Z',
      draft: {
        externalId: 'import:17',
        number: '17',
        source: 'import',
        fulfilment: 'delivery',
        status: 'completed',
        customer: { name: 'Nino', phone: '+995 555 12 34 56' },
        items: [{ name: 'Khachapuri', quantity: 2, unitPriceMinor: 1475 }],
        currency: 'GEL',
        totalMinor: 2950,
        placedAt: '2025-03-01T15:30:00.000Z',
      },
    });
  });

  it.each(Object.entries(LEGACY_STATUSES))('of an order or booking that is %s is %s', (word, status) => {
    expect(read({ status: word }).draft.status).toBe(status);
    expect(read({ status: word.toUpperCase() }, 'booking').draft.status).toBe(status);
  });

  it('that is still open arrives now', () => {
    expect(read({ status: 'new' }).finishedAt).toBeUndefined();
  });

  it('of a booking needs neither items nor a total, and is due at its date', () => {
    const { items, total, ...booking } = ROW;
    const { draft } = orderOfRow(
      {
        kind: 'booking',
        values: { ...booking, status: 'confirmed', date: '2026-12-24 20:00', covers: 6, table: 4, type: 'birthday' },
      },
      'import:17',
      STORE,
    );
    expect(draft).toMatchObject({
      fulfilment: 'booking',
      status: 'preparing',
      dueAt: '2026-12-24T16:00:00.000Z',
      covers: 6,
      table: '4',
      totalMinor: 0,
      note: 'birthday',
      items: [{ name: 'Booking', quantity: 1 }],
    });
  });

  it('keeps in the note of an item what has no place in one', () => {
    const items = [
      { title: 'Soup', qty: 1, size: 'large', options: ['no egg', { name: 'bread', quantity: 2, price: 1 }] },
    ];
    expect(read({ items }).draft.items).toMatchObject([
      {
        name: 'Soup',
        quantity: 1,
        note: 'size: large',
        modifiers: [{ name: 'no egg' }, { name: 'bread, price: 1', quantity: 2 }],
      },
    ]);
  });

  it.each([
    [{ status: 'lost' }, 'status: "lost" is none of pending, preparing'],
    [{ status: '' }, 'status: is missing'],
    [{ created_at: '' }, 'created_at: is missing'],
    [{ created_at: 'soon' }, 'created_at: "soon" is not a time'],
    [{ total: '' }, 'total: is missing'],
    [{ total: '1.999' }, 'total: "1.999" has more decimals than GEL has'],
    [{ currency: 'Lari' }, 'currency: "LARI" is no code'],
    [{ items: '' }, 'items: there are none'],
    [{ items: '[{"name"' }, 'items: "[{\\"name\\"" is no JSON'],
    [{ items: [{ name: '', quantity: 1 }] }, 'items.0.name: must not be empty'],
    [{ items: [{ name: 'Soup', quantity: 1.5 }] }, 'items.0.quantity: '],
    [{ type: 'drone' }, 'type: "drone" is none of'],
    [{ covers: 'many' }, 'covers: "many" is not a whole number'],
    [{ note: 'x'.repeat(2_001) }, 'note: must have at most 2000 characters'],
  ])('is refused for %j', (over, why) => {
    expect(() => read(over)).toThrow(why);
  });
});
