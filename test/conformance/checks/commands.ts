import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { connect } from '../support/display-link.ts';
import { aCommand } from '../support/drafts.ts';
import type { Order } from '../support/shapes.ts';
import { commandOne, historyOf, openShop, orderNow, place, type Shop } from '../support/shop.ts';

/** Sends one command over HTTP and gives the order and its last change after it. */
async function after(shop: Shop, order: Order, type: string, payload: unknown = {}) {
  const result = await commandOne(shop, aCommand(order, type, payload));
  assert.equal(result.outcome, 'applied', JSON.stringify(result));
  const change = (await historyOf(shop, order.id)).at(-1);
  assert.equal(change?.seq, result.seq);
  return { order: await orderNow(shop, order.id), change };
}

/** The same again: `already`, and no change. */
async function again(shop: Shop, order: Order, type: string, payload: unknown = {}): Promise<void> {
  const before = await orderNow(shop, order.id);
  assert.equal((await commandOne(shop, aCommand(order, type, payload))).outcome, 'already');
  assert.deepEqual(await orderNow(shop, order.id), before);
}

/** What each type of command does (rule C6). */
export const commands = group('commands', {
  '[C6] set_status takes an order all the way, over the socket': async (trial) => {
    const shop = await openShop(trial);
    const link = await connect(trial, shop.display.token);
    const way = ['pending', 'preparing', 'ready', 'delivering', 'completed'] as const;
    const order = await place(shop, { fulfilment: 'delivery' });
    const steps = way.slice(1).map((to, i) => aCommand(order, 'set_status', { from: way[i], to }));
    const { results } = await link.commands(steps);
    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      steps.map(() => 'applied'),
    );
    const moves = (await historyOf(shop, order.id)).slice(1);
    assert.deepEqual(
      moves.map(({ type, previousStatus }) => [type, previousStatus]),
      way.slice(0, -1).map((from) => ['order_status_changed', from]),
    );
    assert.equal((await orderNow(shop, order.id)).status, 'completed');
  },

  '[C6] set_status rejects and cancels with a reason': async (trial) => {
    const shop = await openShop(trial);
    for (const to of ['rejected', 'cancelled']) {
      const { order, change } = await after(shop, await place(shop), 'set_status', {
        from: 'pending',
        to,
        reason: 'sold out',
      });
      assert.deepEqual([order.status, order.reason, change?.reason], [to, 'sold out', 'sold out']);
    }
  },

  '[C6] set_item_done marks an item, and takes the mark back': async (trial) => {
    const shop = await openShop(trial);
    const placed = await place(shop, {
      items: [
        { id: 'a', name: 'Tea', quantity: 1 },
        { id: 'b', name: 'Cake', quantity: 1 },
      ],
    });
    const done = (order: Order) => order.items.map((item) => item.done);
    const marked = await after(shop, placed, 'set_item_done', { itemId: 'b', done: true });
    assert.deepEqual([done(marked.order), marked.change?.type], [[false, true], 'order_updated']);
    await again(shop, placed, 'set_item_done', { itemId: 'b', done: true });
    assert.deepEqual(done((await after(shop, placed, 'set_item_done', { itemId: 'b', done: false })).order), [
      false,
      false,
    ]);
    const unknown = await commandOne(shop, aCommand(placed, 'set_item_done', { itemId: 'zzz', done: true }));
    assert.equal(unknown.outcome, 'rejected');
  },

  '[C6] acknowledge marks the order as seen, and by whom, once': async (trial) => {
    const shop = await openShop(trial);
    const placed = await place(shop);
    const { order, change } = await after(shop, placed, 'acknowledge');
    assert.ok(order.acknowledgedAt && order.acknowledgedBy);
    assert.equal(change?.type, 'order_acknowledged');
    assert.equal(order.status, 'pending');
    await again(shop, placed, 'acknowledge');
  },

  '[C6] set_priority': async (trial) => {
    const shop = await openShop(trial);
    const placed = await place(shop);
    const { order, change } = await after(shop, placed, 'set_priority', { priority: true });
    assert.deepEqual([order.priority, change?.type], [true, 'order_updated']);
    await again(shop, placed, 'set_priority', { priority: true });
    assert.equal((await after(shop, placed, 'set_priority', { priority: false })).order.priority, false);
  },

  '[C6] set_due': async (trial) => {
    const shop = await openShop(trial);
    const placed = await place(shop);
    const dueAt = '2026-01-05T10:30:00.000Z';
    const { order, change } = await after(shop, placed, 'set_due', { dueAt });
    assert.deepEqual([order.dueAt, change?.type], [dueAt, 'order_updated']);
    await again(shop, placed, 'set_due', { dueAt });
  },

  '[C6] fire_course': async (trial) => {
    const shop = await openShop(trial);
    const items = [1, 2, 3].map((course) => ({ name: `Course ${course}`, quantity: 1, course }));
    const placed = await place(shop, { items });
    const { order, change } = await after(shop, placed, 'fire_course', { course: 2 });
    assert.deepEqual([order.firedCourse, change?.type], [2, 'order_updated']);
    await again(shop, placed, 'fire_course', { course: 2 });
  },

  '[C6] set_payment sets paid and unpaid': async (trial) => {
    const shop = await openShop(trial);
    const placed = await place(shop);
    const { order, change } = await after(shop, placed, 'set_payment', { status: 'paid', method: 'cash' });
    assert.deepEqual([order.payment, change?.type], [{ status: 'paid', method: 'cash' }, 'payment_updated']);
    await again(shop, placed, 'set_payment', { status: 'paid', method: 'cash' });
    assert.equal((await after(shop, placed, 'set_payment', { status: 'unpaid' })).order.payment.status, 'unpaid');
  },
});
