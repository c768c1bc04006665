import { beforeEach, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { anOrder } from '#test/support/an-order.ts';
import { countEffects, type Effects, judgeEffects, type Orders } from './judge-effects.ts';

/** A correct run; each test breaks one thing in it. */
let effects: Effects;
let orders: Orders;

const call = (id: string, message: Effects['calls'][0]['message']) => ({ id, message, raw: JSON.stringify(message) });
const change = (seq: number) => call(`e-main-${seq}`, { type: 'order_updated', seq, data: {} });
const escalation = (n: number, resolvedAt: string | null) =>
  call(`e-main-escalation-${n}`, { type: 'escalation', data: { id: 'x', resolvedAt } });
const paper = (number: string, ...more: string[]) => ({ rows: [...more, number, '2x Lobio'], isWhole: true });
/** Placed, and accepted. */
const accepted = (order: Order): Orders['histories'] =>
  new Map([
    [
      order.id,
      [
        { type: 'order_created', order },
        { type: 'order_status_changed', order: { ...order, status: 'preparing' } },
      ],
    ],
  ]);

beforeEach(() => {
  const order = anOrder({ id: 'a', number: '7', status: 'preparing' });
  orders = { orders: [order], histories: accepted({ ...order, status: 'pending' }) };
  effects = {
    epoch: 'e',
    head: 2,
    // The second change came again.
    calls: [change(1), change(2), change(2), escalation(1, null), escalation(2, '2026-11-21T11:00:00.000Z')],
    papers: [{ rows: ['7'], isWhole: false }, paper('7', 'REPRINT')],
    messages: ['linked', '<b>#7</b> · Pick-up'],
    escalations: [{ id: 'x', kind: 'unacknowledged', orderId: 'a', resolvedAt: '2026-11-21T11:00:00.000Z' }],
    prints: [{ orderId: 'a', state: 'printed', reprint: 1 }],
    chats: [{ about: 'a', state: 'sent' }],
    webhook: [],
    quarantined: [],
  };
});

const found = () => judgeEffects(effects, orders).join('\n');

it('finds nothing in a run in which everything was told once, or marked as a repeat', () => {
  expect(found()).toBe('');
  expect(countEffects(effects)).toMatchObject({ '… repeated with the same id': 1, '… of them REPRINT': 1 });
});

it('[section 11] finds a change that a webhook did not get, got too early, or got under two ids', () => {
  effects.calls.splice(1, 2);
  expect(found()).toContain('the changes up to 1 of 2');
  effects.calls.splice(0, 1, change(2), change(1));
  expect(found()).toContain('got change 2 where 1 was due');
  effects.calls[0] = { ...change(1), id: 'e-main-9' };
  expect(found()).toContain('got change 1 as e-main-9');
});

it('[section 11] finds a repeat with another content, and what was not delivered', () => {
  effects.calls[2] = { ...change(2), raw: 'other' };
  effects.webhook.push({ id: 'e-main-2', tries: '[]' });
  expect(found()).toMatch(/e-main-2 with two contents.*did not get e-main-2/s);
});

it('[section 16] finds an escalation that was told twice, not told, or not there', () => {
  effects.calls.push({ ...escalation(3, null) });
  expect(found()).toBe('escalation x was told 2 times as raised and 1 times as resolved');
  effects.calls.splice(3);
  expect(found()).toBe('escalation x was told 0 times as raised and 0 times as resolved');
  effects.escalations = [];
  effects.calls.push(escalation(1, null));
  expect(found()).toBe('escalation x was told and does not exist');
});

it('finds an escalation that is open though nothing is wrong any more', () => {
  effects.calls.splice(4);
  effects.escalations = [{ id: 'x', kind: 'unacknowledged', orderId: 'a', resolvedAt: null }];
  expect(found()).toBe('escalation x (unacknowledged) of 7 is still open');
  orders.orders = orders.orders.map((order) => ({ ...order, status: 'pending', acknowledgedAt: null }));
  expect(found()).toBe('');
  effects.escalations = [{ id: 'x', kind: 'printer', orderId: null, resolvedAt: null }];
  expect(found()).toBe('escalation x (printer) of the store is still open');
});

it('[section 14] finds a paper that came twice without saying so, or twice as a repeat', () => {
  effects.papers.push(paper('7'));
  expect(found()).toBe('');
  effects.papers.push(paper('7'));
  expect(found()).toContain('came 2 times without REPRINT');
  effects.papers.push(paper('7', 'REPRINT'));
  expect(found()).toContain('came 2 times with REPRINT');
  effects.prints = [{ orderId: 'a', state: 'printed', reprint: 0 }];
  expect(found()).toContain('a REPRINT that nobody noted');
});

it('[section 14] finds a paper that did not come, or is stuck, but not one that two kills ended', () => {
  effects.papers = [];
  expect(found()).toContain('counts as printed and did not come');
  effects.prints = [{ orderId: 'a', state: 'sending', reprint: 0 }];
  expect(found()).toContain('is sending');
  effects.prints = [];
  expect(found()).toContain('is not there');
  effects.prints = [{ orderId: 'a', state: 'given_up', reprint: 0 }];
  expect(found()).toContain('is given_up');
  effects.prints = [{ orderId: 'a', state: 'given_up', reprint: 1 }];
  expect(found()).toBe('');
  effects.papers = [paper('7')];
  effects.prints = [];
  orders.histories.set('a', []);
  expect(found()).toContain('it was not accepted');
});

it('[section 13] finds a second message of an order, and one that counts as sent and did not come', () => {
  effects.messages.push('<b>#7</b> · Pick-up');
  expect(found()).toContain('has 2 messages in the chat; it is sent');
  effects.messages = [];
  expect(found()).toContain('has 0 messages in the chat; it is sent');
  for (const state of ['unknown', 'sending', 'waiting', 'given_up'] as const) {
    effects.chats = [{ about: 'a', state }];
    expect(found()).toBe('');
  }
  effects.messages = ['<b>#7</b> · Pick-up'];
  expect(found()).toContain('has 1 messages in the chat; it is given_up');
});

it('[C5] finds a tap that was quarantined, and a number that two orders have', () => {
  effects.quarantined.push({ deviceId: 'd1', commandId: 'c1' });
  orders.orders.push({ ...anOrder({ id: 'b', number: '7' }), status: 'pending' });
  expect(found()).toMatch(/2 orders have the number 7.*tap c1 of d1 was quarantined/s);
});
