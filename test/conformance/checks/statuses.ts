import assert from 'node:assert/strict';
import { type Check, group } from '../support/check.ts';
import { bodyOf, orderOf, refusalOf, refusesField } from '../support/expect.ts';
import { ErrorBody, FULFILMENTS, Order, STATUSES, type Status } from '../support/shapes.ts';
import { historyOf, openShop, orderNow, place, setStatus } from '../support/shop.ts';

/** The table of section 4, written out: where an order may go from each status, by how it leaves the house. */
const MOVES: Record<Status, { delivery: Status[]; other: Status[] }> = {
  pending: { delivery: ['preparing', 'rejected', 'cancelled'], other: ['preparing', 'rejected', 'cancelled'] },
  preparing: { delivery: ['ready', 'cancelled', 'pending'], other: ['ready', 'cancelled', 'pending'] },
  ready: { delivery: ['delivering', 'preparing', 'cancelled'], other: ['completed', 'preparing', 'cancelled'] },
  // Only a delivery gets there.
  delivering: { delivery: ['completed', 'ready', 'cancelled'], other: [] },
  completed: { delivery: ['delivering'], other: ['ready'] },
  rejected: { delivery: [], other: [] },
  cancelled: { delivery: [], other: [] },
};
const LEGACY: [word: string, from: Status, to: Status][] = [
  ['new', 'pending', 'pending'],
  ['confirmed', 'pending', 'preparing'],
  ['processing', 'pending', 'preparing'],
  ['shipped', 'ready', 'delivering'],
  ['delivered', 'delivering', 'completed'],
  ['canceled', 'pending', 'cancelled'],
];
const needsReason = (status: string) => ['rejected', 'cancelled', 'canceled'].includes(status);
const statusBody = (status: string) => ({ status, ...(needsReason(status) ? { reason: 'sold out' } : {}) });

function says(from: Status): string {
  const { delivery, other } = MOVES[from];
  const to = (list: Status[]) => list.join(', ') || 'nothing';
  if (from === 'delivering') return `a delivery goes to ${to(delivery)}`;
  return to(delivery) === to(other)
    ? `an order goes to ${to(other)}`
    : `a delivery goes to ${to(delivery)}, another order to ${to(other)}`;
}

/** One check per row: every target, for every fulfilment; a move that is not in the table is 409 with the order. */
const rows = Object.fromEntries(
  STATUSES.map((from): [string, Check] => [
    `[4] from ${from} ${says(from)}, and nowhere else`,
    async (trial) => {
      const shop = await openShop(trial);
      for (const fulfilment of from === 'delivering' ? (['delivery'] as const) : FULFILMENTS) {
        const allowed = MOVES[from][fulfilment === 'delivery' ? 'delivery' : 'other'];
        for (const to of STATUSES.filter((status) => status !== from)) {
          const order = await place(shop, { status: from, fulfilment });
          assert.equal(order.status, from);
          const answer = await shop.integration.post(`/orders/${order.id}/status`, statusBody(to));
          if (allowed.includes(to)) {
            const after = orderOf(answer);
            assert.deepEqual([after.status, after.version], [to, order.version + 1], `${fulfilment}: ${from} to ${to}`);
          } else {
            const body = bodyOf(answer, 409, ErrorBody.extend({ order: Order }));
            assert.equal(body.error.code, 'invalid_transition', `${fulfilment}: ${from} to ${to}`);
            assert.deepEqual(body.order, order);
            assert.deepEqual(await orderNow(shop, order.id), order);
          }
        }
      }
    },
  ]),
);

export const statuses = group('statuses', {
  ...rows,

  '[4] the same status again is 200 and no change': async (trial) => {
    const shop = await openShop(trial);
    for (const status of STATUSES) {
      const order = await place(shop, { status });
      assert.deepEqual(orderOf(await shop.integration.post(`/orders/${order.id}/status`, statusBody(status))), order);
      assert.equal((await historyOf(shop, order.id)).length, order.version);
    }
  },

  '[4] rejecting and cancelling need a reason': async (trial) => {
    const shop = await openShop(trial);
    for (const status of ['rejected', 'cancelled', 'canceled']) {
      const order = await place(shop);
      const path = `/orders/${order.id}/status`;
      for (const body of [{ status }, { status, reason: null }, { status, reason: '' }])
        refusesField(await shop.integration.post(path, body), 'reason');
      assert.deepEqual(await orderNow(shop, order.id), order);
      const after = orderOf(await shop.integration.post(path, { status, reason: 'sold out' }));
      assert.equal(after.reason, 'sold out');
      const change = (await historyOf(shop, order.id)).at(-1);
      assert.deepEqual(
        [change?.type, change?.reason, change?.previousStatus],
        ['order_status_changed', 'sold out', 'pending'],
      );
    }
  },

  '[4] old words are understood and never stored': async (trial) => {
    const shop = await openShop(trial);
    for (const [word, from, to] of LEGACY) {
      const made = await place(shop, { status: word, fulfilment: 'delivery' });
      assert.equal(made.status, to, `POST with ${word}`);
      const order = await place(shop, { status: from, fulfilment: 'delivery' });
      const after = orderOf(await shop.integration.post(`/orders/${order.id}/status`, statusBody(word)));
      assert.equal(after.status, to, `${from}, then ${word}`);
    }
  },

  '[4] a status that is no word of the table is refused and changes nothing': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    for (const body of [{ status: 'zzz' }, { status: '' }, { status: 'Ready' }, { status: 7 }, { status: null }, {}])
      refusesField(await shop.integration.post(`/orders/${order.id}/status`, body), 'status');
    refusesField(
      await shop.integration.post(`/orders/${order.id}/status`, { status: 'ready', surprise: 1 }),
      'surprise',
    );
    refusalOf(await shop.integration.post(`/orders/${order.id}/status`), 'invalid_request');
    assert.deepEqual(await orderNow(shop, order.id), order);
  },

  '[4] statusSince moves with the status and with nothing else': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const patched = orderOf(await shop.integration.patch(`/orders/${order.id}`, { note: 'x' }));
    assert.equal(patched.statusSince, order.statusSince);
    const moved = await setStatus(shop, order.id, 'preparing');
    assert.ok(Date.parse(moved.statusSince) >= Date.parse(patched.updatedAt));
  },

  '[4] two callers at once cannot both take an order out of pending': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    const intents = ['preparing', 'rejected'];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        shop.integration.post(`/orders/${id}/status`, statusBody(intents[i % 2] ?? '')),
      ),
    );
    const moves = (await historyOf(shop, id)).filter(({ type }) => type === 'order_status_changed');
    assert.equal(moves.length, 1);
    for (const answer of answers.filter(({ status }) => status !== 200)) refusalOf(answer, 'invalid_transition');
  },
});
