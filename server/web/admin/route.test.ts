import { expect, test } from 'vitest';
import { linkTo, routeOf, TABS } from './route.ts';

test('every part of every shop has an address that leads to it', () => {
  for (const tab of TABS) expect(routeOf(linkTo('main', tab))).toEqual({ storeId: 'main', tab });
});

test.each(['', '#', '#/', '#/../etc', '#/a b', '#/<script>', '#main'])(
  'the address %j is the list of shops',
  (hash) => {
    expect(routeOf(hash)).toBeNull();
  },
);

test('an unknown part leads to the orders of today', () => {
  expect(routeOf('#/main/nothing')).toEqual({ storeId: 'main', tab: 'orders' });
});
