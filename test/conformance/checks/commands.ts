import assert from 'node:assert/strict';
import { eachRow, group } from '../support/check.ts';
import { aCommand, anItem } from '../support/drafts.ts';
import { orderOf, pluck, statusIs } from '../support/expect.ts';
import { OPEN, type Order, type Status } from '../support/shapes.ts';
import type { Shop } from '../support/shop.ts';

const HOUR_MS = 3_600_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const BUMP = { from: 'pending', to: 'preparing' };

/** Sends one command, which must be applied. @returns the order and its last change */
async function after(shop: Shop, order: Order, type: string, payload: unknown = {}) {
  const result = await shop.commandOne(aCommand(order, type, payload));
  assert.equal(result.outcome, 'applied', JSON.stringify(result));
  const change = (await shop.history(order.id)).at(-1);
  assert.equal(change?.seq, result.seq);
  return { order: await shop.order(order.id), change };
}

interface Effect {
  type: string;
  payload?: unknown;
  /** Fields of the order after the command, and the type of its change. */
  gives: Partial<Order>;
  change?: string;
}

const THREE_COURSES = [1, 2, 3].map((course) => anItem({ course }));
const DUE_AT = '2026-01-05T10:30:00.000Z';
const CASH = { status: 'paid', method: 'cash' } as const;
const EFFECTS: Effect[] = [
  { type: 'set_priority', payload: { priority: true }, gives: { priority: true } },
  { type: 'set_due', payload: { dueAt: DUE_AT }, gives: { dueAt: DUE_AT } },
  { type: 'fire_course', payload: { course: 2 }, gives: { firedCourse: 2 } },
  { type: 'set_payment', payload: CASH, gives: { payment: CASH }, change: 'payment_updated' },
  { type: 'acknowledge', gives: { status: 'pending' }, change: 'order_acknowledged' },
];

/** What each type of command does (rule C6). */
export const commands = group('commands', {
  ...eachRow(EFFECTS, ({ type, payload, gives, change = 'order_updated' }) => [
    `[C6] ${type} is applied once, and then answered already`,
    async (shop) => {
      const placed = await shop.place({ items: THREE_COURSES });
      const first = await after(shop, placed, type, payload);
      assert.deepEqual([first.order, first.change?.type], [{ ...first.order, ...gives }, change]);
      assert.equal((await shop.commandOne(aCommand(placed, type, payload))).outcome, 'already');
      assert.deepEqual(await shop.order(placed.id), first.order);
      if (type === 'acknowledge') assert.ok(first.order.acknowledgedAt && first.order.acknowledgedBy);
      if (type === 'set_priority')
        assert.equal((await after(shop, placed, type, { priority: false })).order.priority, false);
      if (type === 'set_payment')
        assert.equal((await after(shop, placed, type, { status: 'unpaid' })).order.payment.status, 'unpaid');
    },
  ]),
  '[C6] set_status takes an order all the way, over the socket': async (shop) => {
    const link = await shop.connect();
    const way = ['pending', 'preparing', 'ready', 'delivering', 'completed'] as const;
    const order = await shop.place({ fulfilment: 'delivery' });
    const steps = way.slice(1).map((to, i) => aCommand(order, 'set_status', { from: way[i], to }));
    const { results } = await link.commands(steps);
    assert.deepEqual(pluck(results, 'outcome'), Array(4).fill('applied'));
    const moves = (await shop.history(order.id)).slice(1);
    assert.deepEqual(pluck(moves, 'type'), Array(4).fill('order_status_changed'));
    assert.deepEqual(pluck(moves, 'previousStatus'), way.slice(0, -1));
    assert.equal((await shop.order(order.id)).status, 'completed');
  },
  '[C6] set_status rejects and cancels with a reason': async (shop) => {
    for (const to of ['rejected', 'cancelled']) {
      const payload = { from: 'pending', to, reason: 'sold out' };
      const { order, change } = await after(shop, await shop.place(), 'set_status', payload);
      assert.deepEqual([order.status, order.reason, change?.reason], [to, 'sold out', 'sold out']);
    }
  },
  '[C6] set_item_done marks an item, and takes the mark back': async (shop) => {
    const placed = await shop.place({ items: [anItem({ id: 'a' }), anItem({ id: 'b' })] });
    const mark = { itemId: 'b', done: true };
    const marked = await after(shop, placed, 'set_item_done', mark);
    assert.deepEqual([pluck(marked.order.items, 'done'), marked.change?.type], [[false, true], 'order_updated']);
    assert.equal((await shop.commandOne(aCommand(placed, 'set_item_done', mark))).outcome, 'already');
    assert.deepEqual(await shop.order(placed.id), marked.order);
    const back = await after(shop, placed, 'set_item_done', { itemId: 'b', done: false });
    assert.deepEqual(pluck(back.order.items, 'done'), [false, false]);
    const unknown = aCommand(placed, 'set_item_done', { itemId: 'zzz', done: true });
    assert.equal((await shop.commandOne(unknown)).outcome, 'rejected');
  },
});

/** A forward step, which must be answered `applied` in every open status. */
const NEXT: Partial<Record<Status, Status>> = { pending: 'preparing', preparing: 'ready', ready: 'completed' };

const CLOCKS: [says: string, agoMs: number][] = [
  ['made eleven hours ago, offline', 11 * HOUR_MS],
  ['from a clock that runs ahead', -5 * HOUR_MS],
];

/** The outcome of a command, case by case (rule C4). */
export const outcomes = group('outcomes', {
  '[C4] applied: the next step from where the order is, whatever version the person saw': async (shop) => {
    const order = await shop.place();
    await shop.patch(order.id, { note: 'changed since' });
    const result = await shop.commandOne(aCommand(order, 'set_status', BUMP));
    assert.deepEqual([result.outcome, result.code, result.order], ['applied', undefined, undefined]);
    const now = await shop.order(order.id);
    assert.deepEqual([now.status, now.note, now.seq], ['preparing', 'changed since', result.seq]);
  },
  '[C4] already: somebody did the same before': async (shop) => {
    const order = await shop.place();
    await shop.commandOne(aCommand(order, 'set_status', BUMP), await shop.addDevice('display'));
    const result = await shop.commandOne(aCommand(order, 'set_status', BUMP));
    assert.deepEqual([result.outcome, result.order], ['already', undefined]);
    assert.equal((await shop.history(order.id)).length, 2);
  },
  '[C4] superseded: the order is further on already': async (shop) => {
    for (const status of ['ready', 'completed']) {
      const order = await shop.place({ status });
      const result = await shop.commandOne(aCommand(order, 'set_status', BUMP));
      assert.deepEqual([result.outcome, result.order], ['superseded', undefined]);
      assert.deepEqual(await shop.order(order.id), order);
    }
  },
  '[C4] a recall goes through when its baseVersion is the order’s': async (shop) => {
    for (const [from, to, fulfilment] of [
      ['ready', 'preparing', 'pickup'],
      ['delivering', 'ready', 'delivery'],
      ['completed', 'ready', 'dine_in'],
      ['completed', 'delivering', 'delivery'],
    ]) {
      const order = await shop.place({ status: from, fulfilment });
      assert.equal((await after(shop, order, 'set_status', { from, to })).order.status, to);
    }
  },
  '[C4] a recall by somebody who saw an older version is rejected, stale, with the order': async (shop) => {
    const order = await shop.place({ status: 'ready' });
    const now = orderOf(await shop.patch(order.id, { note: 'changed since' }));
    const recall = { from: 'ready', to: 'preparing' };
    const old = await shop.commandOne(aCommand(order, 'set_status', recall));
    assert.deepEqual([old.outcome, old.code, old.order], ['rejected', 'stale', now]);
    assert.equal((await shop.commandOne(aCommand(now, 'set_status', recall))).outcome, 'applied');
  },
  ...eachRow(CLOCKS, ([says, agoMs]) => [
    `[C4] a command ${says}, still counts, at the server's time`,
    async (shop) => {
      const order = await shop.place();
      const one = aCommand(order, 'acknowledge', {}, { issuedAt: ago(agoMs) });
      assert.equal((await shop.commandOne(one)).outcome, 'applied');
      const { acknowledgedAt } = await shop.order(order.id);
      assert.ok(acknowledgedAt && Math.abs(Date.now() - Date.parse(acknowledgedAt)) < HOUR_MS, 'not server time');
    },
  ]),
  '[C4] any other wrong command is rejected, invalid, and consumed, so that it blocks nobody': async (shop) => {
    const order = await shop.place();
    const wrong = [
      ...[undefined, 7].map((type) => ({ type })),
      ...[undefined, 'x', { priority: 'yes' }].map((payload) => ({ payload })),
      ...[undefined, 7].map((orderId) => ({ orderId })),
      ...['yesterday', undefined].map((issuedAt) => ({ issuedAt })),
      { baseVersion: 'x' },
    ];
    const right = () => aCommand(order, 'set_priority', { priority: true });
    const bad = wrong.map((change) => ({ ...right(), ...change }));
    const batch = [...bad, { ...right(), after: bad.at(-1)?.commandId ?? null }];
    const { results } = await shop.command(batch);
    assert.deepEqual(pluck(results, 'commandId'), pluck(batch, 'commandId'));
    assert.deepEqual(pluck(results, 'code'), [...wrong.map(() => 'invalid'), undefined]);
    assert.deepEqual(pluck(results, 'outcome'), [...wrong.map(() => 'rejected'), 'applied']);
  },
  '[C4] a command for a deleted order is rejected, not_found': async (shop) => {
    const order = await shop.place();
    statusIs(await shop.remove(order.id), 204);
    const result = await shop.commandOne(aCommand(order, 'set_status', BUMP));
    assert.deepEqual([result.outcome, result.code, result.order], ['rejected', 'not_found', undefined]);
  },
  '[C4] two displays bump one order at once: it moves once, and the second is told': async (shop) => {
    const second = await shop.addDevice('display');
    for (const status of OPEN.slice(0, 3)) {
      const order = await shop.place({ status });
      const bump = (who: typeof second) =>
        shop.commandOne(aCommand(order, 'set_status', { from: status, to: NEXT[status] }), who);
      const results = await Promise.all([bump(shop.display), bump(second)]);
      assert.deepEqual(pluck(results, 'outcome').toSorted(), ['already', 'applied']);
    }
  },
  '[C4] the order of a rejected command is what it is now': async (shop) => {
    const order = await shop.place();
    const now = await shop.setStatus(order.id, 'cancelled', 'no dough');
    const result = await shop.commandOne(aCommand(order, 'set_status', BUMP));
    assert.deepEqual([result.code, result.order], ['order_cancelled', now]);
  },
});

interface Refusal {
  says: string;
  /** The order before the command; null: an id without an order. */
  draft?: Record<string, unknown> | null;
  type?: string;
  payload?: unknown;
  change?: { issuedAt: string };
  code: string;
  /** Another code that is acceptable. */
  or?: string;
}

const ENDED = { status: 'cancelled' };
const PAID = { payment: { status: 'paid' } };
const REFUND = { status: 'refunded' };
const READY = { status: 'ready', fulfilment: 'pickup' };
const REJECT = { from: 'pending', to: 'rejected', reason: 'sold out' };
const LONG_AGO = { issuedAt: ago(12 * HOUR_MS + 60_000) };
const step = (from: string, to: string) => ({ from, to });
/** An order completed an hour ago (`too_late`) and `quarantined` cannot be made from outside. */
const REFUSALS: Refusal[] = [
  { says: 'a step on an order that was cancelled meanwhile', draft: ENDED, payload: BUMP, code: 'order_cancelled' },
  { says: 'acknowledging a cancelled order', draft: ENDED, type: 'acknowledge', code: 'order_cancelled' },
  { says: 'rejecting a ready order', draft: READY, payload: REJECT, code: 'too_late', or: 'invalid_transition' },
  { says: 'a leap over a status', payload: step('pending', 'completed'), code: 'invalid_transition' },
  { says: 'delivering a pickup', draft: READY, payload: step('ready', 'delivering'), code: 'invalid_transition' },
  { says: 'an unknown order', draft: null, type: 'acknowledge', code: 'not_found' },
  { says: 'a command made more than 12 hours ago', payload: BUMP, change: LONG_AGO, code: 'stale' },
  { says: 'cancelling without a reason', payload: step('pending', 'cancelled'), code: 'invalid' },
  { says: 'a refund by a display', draft: PAID, type: 'set_payment', payload: REFUND, code: 'forbidden' },
  { says: 'an unknown type', type: 'explode', code: 'invalid' },
  { says: 'an unknown status', payload: step('pending', 'zzz'), code: 'invalid' },
];

/** A rejected command (rule C4): has its code and the order as it is now, changes nothing, and is consumed. */
export const refusals = group(
  'refusals',
  eachRow(REFUSALS, ({ says, draft = {}, type = 'set_status', payload = {}, change, code, or = code }) => [
    `[C4] ${says} is rejected, ${code}`,
    async (shop) => {
      const order = draft ? await shop.place(draft) : undefined;
      const target = order ?? { id: '01990000-0000-7000-8000-000000000000', version: 1 };
      const one = aCommand(target, type, payload, change);
      const result = await shop.commandOne(one);
      assert.equal(result.outcome, 'rejected');
      assert.ok([code, or].includes(result.code ?? ''), `code ${result.code}, expected ${code} or ${or}`);
      assert.deepEqual(result.order, order);
      if (order) assert.deepEqual(await shop.order(order.id), order);
      assert.deepEqual(await shop.known([one.commandId]), [one.commandId]);
    },
  ]),
);
