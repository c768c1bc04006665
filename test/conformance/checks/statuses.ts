import assert from 'node:assert/strict';
import { eachRow, group } from '../support/check.ts';
import { bodyOf, orderOf, refusalOf, refusesField } from '../support/expect.ts';
import { ErrorBody, FULFILMENTS, Order, STATUSES, type Status } from '../support/shapes.ts';

/** The table of section 4: the statuses that an order may move to, by fulfilment. */
const MOVES: Record<Status, { delivery: Status[]; other: Status[] }> = {
  pending: { delivery: ['preparing', 'rejected', 'cancelled'], other: ['preparing', 'rejected', 'cancelled'] },
  preparing: { delivery: ['ready', 'cancelled', 'pending'], other: ['ready', 'cancelled', 'pending'] },
  ready: { delivery: ['delivering', 'preparing', 'cancelled'], other: ['completed', 'preparing', 'cancelled'] },
  // Only a delivery reaches it.
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
const NEED_REASON = ['rejected', 'cancelled', 'canceled'];
const statusBody = (status: string) => ({ status, ...(NEED_REASON.includes(status) ? { reason: 'sold out' } : {}) });

function says(from: Status): string {
  const { delivery, other } = MOVES[from];
  const to = (list: Status[]) => list.join(', ') || 'nothing';
  if (from === 'delivering') return `a delivery goes to ${to(delivery)}`;
  return to(delivery) === to(other)
    ? `an order goes to ${to(other)}`
    : `a delivery goes to ${to(delivery)}, another order to ${to(other)}`;
}

export const statuses = group('statuses', {
  // Every target, for every fulfilment; a move that is not in the table is 409 with the order.
  ...eachRow(STATUSES, (from) => [
    `[4] from ${from} ${says(from)}, and nowhere else`,
    async (shop) => {
      for (const fulfilment of from === 'delivering' ? ['delivery'] : FULFILMENTS) {
        const allowed = MOVES[from][fulfilment === 'delivery' ? 'delivery' : 'other'];
        for (const to of STATUSES.filter((status) => status !== from)) {
          const order = await shop.place({ status: from, fulfilment });
          assert.equal(order.status, from);
          const answer = await shop.move(order.id, statusBody(to));
          const what = `${fulfilment}: ${from} to ${to}`;
          if (allowed.includes(to)) {
            const { status, version } = orderOf(answer);
            assert.deepEqual([status, version], [to, order.version + 1], what);
          } else {
            const body = bodyOf(answer, 409, ErrorBody.extend({ order: Order }));
            assert.deepEqual([body.error.code, body.order], ['invalid_transition', order], what);
            assert.deepEqual(await shop.order(order.id), order);
          }
        }
      }
    },
  ]),
  '[4] the same status again is 200 and no change': async (shop) => {
    for (const status of STATUSES) {
      const order = await shop.place({ status });
      assert.deepEqual(orderOf(await shop.move(order.id, statusBody(status))), order);
      assert.equal((await shop.history(order.id)).length, order.version);
    }
  },
  '[4] rejecting and cancelling need a reason': async (shop) => {
    for (const status of NEED_REASON) {
      const order = await shop.place();
      for (const reason of [undefined, null, '']) refusesField(await shop.move(order.id, { status, reason }), 'reason');
      assert.deepEqual(await shop.order(order.id), order);
      assert.equal((await shop.setStatus(order.id, status, 'sold out')).reason, 'sold out');
      const { type, reason, previousStatus } = (await shop.history(order.id)).at(-1) ?? {};
      assert.deepEqual([type, reason, previousStatus], ['order_status_changed', 'sold out', 'pending']);
    }
  },
  '[4] old words are understood and never stored': async (shop) => {
    for (const [word, from, to] of LEGACY) {
      const made = await shop.place({ status: word, fulfilment: 'delivery' });
      assert.equal(made.status, to, `POST with ${word}`);
      const { id } = await shop.place({ status: from, fulfilment: 'delivery' });
      assert.equal(orderOf(await shop.move(id, statusBody(word))).status, to, `${from}, then ${word}`);
    }
  },
  '[4] a status that is no word of the table is refused and changes nothing': async (shop) => {
    const order = await shop.place();
    for (const status of ['zzz', '', 'Ready', 7, null, undefined])
      refusesField(await shop.move(order.id, { status }), 'status');
    refusesField(await shop.move(order.id, { status: 'ready', surprise: 1 }), 'surprise');
    refusalOf(await shop.move(order.id, undefined), 'invalid_request');
    assert.deepEqual(await shop.order(order.id), order);
  },
  '[4] statusSince moves with the status and with nothing else': async (shop) => {
    const order = await shop.place();
    const patched = orderOf(await shop.patch(order.id, { note: 'x' }));
    assert.equal(patched.statusSince, order.statusSince);
    const moved = await shop.setStatus(order.id, 'preparing');
    assert.ok(Date.parse(moved.statusSince) >= Date.parse(patched.updatedAt));
  },
  '[4] two callers at once cannot both take an order out of pending': async (shop) => {
    const { id } = await shop.place();
    const move = (_: unknown, i: number) => shop.move(id, statusBody(i % 2 ? 'rejected' : 'preparing'));
    const answers = await Promise.all(Array.from({ length: 10 }, move));
    const moves = (await shop.history(id)).filter(({ type }) => type === 'order_status_changed');
    assert.equal(moves.length, 1);
    for (const answer of answers.filter(({ status }) => status !== 200)) refusalOf(answer, 'invalid_transition');
  },
});
