import { describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import type { Change } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';
import { eventsOfChanges } from './order-facts.ts';

const change = (seq: number, type: Change['type'], order: Order | null): Change => ({
  seq,
  type,
  orderId: 'a',
  at: '2026-11-21T10:00:00.000Z',
  by: { role: 'display', id: 'd1', name: 'Pass' },
  order,
});
/** The facts of a change from one order to another. */
function factsOf(from: Partial<Order>, to: Partial<Order>, type: Change['type'] = 'order_updated') {
  const base = anOrder();
  const changes = [
    change(1, 'order_created', { ...base, ...from }),
    change(2, type, { ...base, ...from, ...to, version: 2 }),
  ];
  return eventsOfChanges(changes)[1]?.facts;
}
const [item] = anOrder().items;
if (!item) throw new Error('no item');
const soup = { ...item, id: 's', name: 'Soup', quantity: 2, done: false };

describe('facts of a change, from the order before it', () => {
  it.each<[string, Partial<Order>, Partial<Order>, object[]]>([
    ['a step', { status: 'pending' }, { status: 'preparing' }, [{ what: 'status', from: 'pending', to: 'preparing' }]],
    ['priority', { priority: false }, { priority: true }, [{ what: 'priority', on: true }]],
    [
      'another time',
      { dueAt: null },
      { dueAt: '2026-11-21T10:30:00.000Z' },
      [{ what: 'due', from: null, to: '2026-11-21T10:30:00.000Z' }],
    ],
    ['a course', { firedCourse: 1 }, { firedCourse: 2 }, [{ what: 'course', course: 2 }]],
    [
      'payment',
      { payment: { status: 'unpaid', method: null } },
      { payment: { status: 'paid', method: 'card' } },
      [{ what: 'payment', from: 'unpaid', to: 'paid', method: 'card' }],
    ],
    [
      'an item done',
      { items: [soup] },
      { items: [{ ...soup, done: true }] },
      [{ what: 'item_done', name: 'Soup', quantity: 2, done: true }],
    ],
    [
      'items added, changed and taken off',
      { items: [soup, { ...soup, id: 't', name: 'Tea' }] },
      {
        items: [
          { ...soup, quantity: 3 },
          { ...soup, id: 'u', name: 'Bread' },
        ],
      },
      [
        { what: 'item_changed', name: 'Soup', quantity: 3 },
        { what: 'item_added', name: 'Bread', quantity: 2 },
        { what: 'item_removed', name: 'Tea', quantity: 2 },
      ],
    ],
    ['a note', { note: null }, { note: 'no onion' }, [{ what: 'note', note: 'no onion' }]],
    ['another table', { table: '1' }, { table: '2' }, [{ what: 'detail', field: 'table' }]],
    ['an invisible change', {}, {}, [{ what: 'changed' }]],
  ])('%s', (_, from, to, facts) => {
    expect(factsOf(from, to)).toEqual(facts);
  });

  it('starts with the placed order and ends with its deletion', () => {
    const events = eventsOfChanges([
      change(1, 'order_created', anOrder({ source: 'web' })),
      change(2, 'order_deleted', null),
    ]);
    expect(events.map(({ facts }) => facts[0])).toEqual([
      { what: 'placed', source: 'web', status: 'pending' },
      { what: 'deleted' },
    ]);
  });
});
