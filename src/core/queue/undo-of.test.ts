import { expect, test } from 'vitest';
import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { FULFILMENTS, moveOf, STATUSES, type Status } from '#contract/status.ts';
import { anItem, anOrder } from '#test/support/an-order.ts';
import { undoOf } from './undo-of.ts';

const to = (status: Status): Intent => ({ type: 'set_status', payload: { from: 'pending', to: status, reason: 'r' } });

/** Forward moves that can be undone, and the recalls themselves. */
const BACK = {
  pickup: ['preparing>ready', 'ready>preparing', 'ready>completed', 'completed>ready'],
  dine_in: ['preparing>ready', 'ready>preparing', 'ready>completed', 'completed>ready'],
  booking: ['preparing>ready', 'ready>preparing', 'ready>completed', 'completed>ready'],
  delivery: [
    ...['preparing>ready', 'ready>preparing', 'ready>delivering', 'delivering>ready'],
    ...['delivering>completed', 'completed>delivering'],
  ],
};

test.each(FULFILMENTS)('[section 4] a %s move can be undone exactly where the status table allows it', (kind) => {
  for (const from of STATUSES)
    for (const status of STATUSES.filter((other) => moveOf(from, other, kind) !== 'no')) {
      const intent = undoOf(anOrder({ status: from, fulfilment: kind }), to(status));
      const way = `${from}>${status}`;
      expect(intent, way).toEqual(
        BACK[kind].includes(way) ? { type: 'set_status', payload: { from: status, to: from } } : null,
      );
    }
});

const order: Partial<Order> = {
  items: [anItem({ id: 'i1', done: false })],
  priority: true,
  dueAt: '2026-11-21T10:30:00.000Z',
  payment: { status: 'paid', method: 'card' },
};
test.each<[Intent, Intent | null]>([
  [
    { type: 'set_item_done', payload: { itemId: 'i1', done: true } },
    { type: 'set_item_done', payload: { itemId: 'i1', done: false } },
  ],
  [
    { type: 'set_priority', payload: { priority: false } },
    { type: 'set_priority', payload: { priority: true } },
  ],
  [
    { type: 'set_due', payload: { dueAt: null } },
    { type: 'set_due', payload: { dueAt: '2026-11-21T10:30:00.000Z' } },
  ],
  [
    { type: 'set_payment', payload: { status: 'unpaid' } },
    { type: 'set_payment', payload: { status: 'paid' } },
  ],
  [
    { type: 'move_items', payload: { items: [{ itemId: 'i1', station: 'grill' }] } },
    { type: 'move_items', payload: { items: [{ itemId: 'i1', station: 'oven' }] } },
  ],
  [{ type: 'acknowledge', payload: {} }, null],
  [{ type: 'fire_course', payload: { course: 2 } }, null],
])('%o is taken back by %o', (intent, back) => {
  expect(undoOf(anOrder(order), intent)).toEqual(back);
});

test('[C6] a payment status that a display may not set cannot be restored', () => {
  const failed = anOrder({ payment: { status: 'failed', method: null } });
  expect(undoOf(failed, { type: 'set_payment', payload: { status: 'paid' } })).toBeNull();
});
