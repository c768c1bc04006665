import { expect, test } from 'vitest';
import type { Order } from '#contract/order.ts';
import { STATUSES } from '#contract/status.ts';
import { anItem } from '../testing/a-ticket.ts';
import { bumpHere, recallHere } from './bump-here.ts';
import { askedBy, type Scope, scopeOf } from './scope.ts';

const SET = { screen: 'expo', stationId: null, stations: [], expoHold: false } as const;
const ALL = scopeOf({ ...SET, screen: 'all' }, askedBy(''));
const EXPO = scopeOf(SET, askedBy(''));
const HOLDING = scopeOf({ ...SET, expoHold: true }, askedBy(''));
const OVEN = scopeOf(SET, askedBy('?station=oven'));
const order = (status: Order['status'], oven: boolean, grill: boolean) => ({
  status,
  items: [anItem({ id: 'o', station: 'oven', done: oven }), anItem({ id: 'g', station: 'grill', done: grill })],
});

test.each<[string, Scope, boolean, boolean, string]>([
  ['an ordinary screen takes the step, whether items are done or not', ALL, false, false, 'step'],
  ['the expo takes the step when it does not hold', EXPO, false, false, 'step'],
  ['a holding expo waits for the last item', HOLDING, true, false, 'wait'],
  ['a holding expo takes the step when all items are done', HOLDING, true, true, 'step'],
  ['a station ticks off its items', OVEN, false, false, 'tick'],
])('while it is prepared: %s', (_, scope, oven, grill, does) => {
  expect(bumpHere(order('preparing', oven, grill), scope).does).toBe(does);
});

test('a station ticks off only its own items', () => {
  expect(bumpHere(order('preparing', false, false), OVEN)).toEqual({ does: 'tick', itemIds: ['o'] });
});

test.each(STATUSES.filter((status) => status !== 'preparing'))(
  'every screen takes the step of an order that is %s',
  (status) => {
    for (const scope of [ALL, EXPO, HOLDING, OVEN])
      expect(bumpHere(order(status, false, false), scope).does).toBe('step');
  },
);

test('a station recalls its done items while the order is preparing or ready', () => {
  const back = (status: Order['status'], done = true) => recallHere(order(status, done, true), OVEN);
  expect(back('preparing')).toEqual(['o']);
  expect(back('ready')).toEqual(['o']);
  expect(back('preparing', false)).toBeNull();
  expect(back('pending')).toBeNull();
  expect(back('completed')).toBeNull();
  expect(recallHere(order('ready', true, true), EXPO)).toBeNull();
});
