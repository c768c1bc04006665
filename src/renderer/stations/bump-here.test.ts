import { describe, expect, test } from 'vitest';
import type { Order } from '#contract/order.ts';
import { STATUSES } from '#contract/status.ts';
import { aScope } from '../testing/a-scope.ts';
import { anItem } from '../testing/a-ticket.ts';
import { type BumpHere, bumpHere, recallHere } from './bump-here.ts';
import type { Scope } from './scope.ts';

const ALL = aScope();
const EXPO = aScope({ screen: 'expo' });
const HOLDING = aScope({ screen: 'expo', expoHold: true });
const OVEN = aScope({}, '?station=oven');
const order = (status: Order['status'], oven: boolean, grill: boolean) => ({
  status,
  source: null,
  firedCourse: 1,
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
  expect(bumpHere(order('preparing', false, false), OVEN)).toEqual({ does: 'tick', itemIds: ['o'], course: null });
});

test.each(STATUSES.filter((status) => status !== 'preparing'))(
  'every screen takes the step of an order that is %s',
  (status) => {
    for (const scope of [ALL, EXPO, HOLDING, OVEN])
      expect(bumpHere(order(status, false, false), scope).does).toBe('step');
  },
);

describe('[C6] with a held course', () => {
  const held = (status: Order['status'], soup: boolean, trout = false) => ({
    status,
    source: null,
    firedCourse: 1,
    items: [
      anItem({ id: 's', station: 'oven', course: 1, done: soup }),
      anItem({ id: 't', station: 'oven', course: 2, done: trout }),
      anItem({ id: 'c', station: 'grill', course: 3 }),
    ],
  });

  test.each<[string, Scope, ReturnType<typeof held>, BumpHere]>([
    ['finishes the fired course', ALL, held('preparing', false), { does: 'tick', itemIds: ['s'], course: 1 }],
    ['fires the next course after that', ALL, held('preparing', true), { does: 'fire', course: 2 }],
    ['fires a course that somebody has not made yet', ALL, held('preparing', true, true), { does: 'fire', course: 3 }],
    ['never ends an order that is ready', ALL, held('ready', true), { does: 'fire', course: 2 }],
    ['waits for the fired course at a holding expo', HOLDING, held('preparing', false), { does: 'wait' }],
    ['fires the next one at a holding expo', HOLDING, held('preparing', true), { does: 'fire', course: 2 }],
    [
      'ticks off no held item at a station',
      OVEN,
      held('preparing', false),
      { does: 'tick', itemIds: ['s'], course: null },
    ],
  ])('a bump %s', (_, scope, one, does) => {
    expect(bumpHere(one, scope)).toEqual(does);
  });
});

test('a station recalls its done items while the order is preparing or ready', () => {
  const back = (status: Order['status'], done = true) => recallHere(order(status, done, true), OVEN);
  expect(back('preparing')).toEqual(['o']);
  expect(back('ready')).toEqual(['o']);
  expect(back('preparing', false)).toBeNull();
  expect(back('pending')).toBeNull();
  expect(back('completed')).toBeNull();
  expect(recallHere(order('ready', true, true), EXPO)).toBeNull();
});

describe('what belongs to no station', () => {
  const GRILL = aScope({}, '?station=grill', [{ id: 'grill', name: 'Grill', stations: [], names: [] }]);
  const items = (grill: boolean, rest: boolean) => ({
    ...order('preparing', false, false),
    items: [anItem({ id: 'g', station: 'grill', done: grill }), anItem({ id: 'r', done: rest })],
  });
  test.each([
    ['waits for a bump after that for the own work', items(false, false), ['g']],
    ['is ticked off by the next bump', items(true, false), ['r']],
    ['is not ticked off twice', items(true, true), []],
  ])('%s', (_, one, itemIds) => {
    expect(bumpHere(one, GRILL)).toEqual({ does: 'tick', itemIds, course: null });
  });

  test('does not come back with the own work', () => {
    expect(recallHere(items(true, true), GRILL)).toEqual(['g']);
    expect(recallHere({ ...items(true, true), items: [anItem({ id: 'r', done: true })] }, GRILL)).toEqual(['r']);
  });
});
