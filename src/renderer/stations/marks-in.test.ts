import { expect, test } from 'vitest';
import type { Marks } from '#contract/bridge.ts';
import { anItem, aTicket } from '../testing/a-ticket.ts';
import { marksIn } from './marks-in.ts';
import { askedBy, scopeOf } from './scope.ts';

const oven = scopeOf({ screen: 'all', stationId: null, stations: [], expoHold: false }, askedBy('?station=oven'));
const items = [anItem({ id: 'o', station: 'oven' })];
const ticket = (marks: Marks | null) => ({ ...aTicket(), marks });
const others: Marks = {
  added: [{ itemId: 'g', quantity: 1 }],
  changed: ['h'],
  removed: [{ name: 'Mtsvadi', station: 'grill', quantity: 1 }],
  fields: [],
};

test('what was changed for another station alone is no news here', () => {
  expect(marksIn(oven, ticket(others), items)).toBeNull();
  expect(marksIn({ screen: 'all' }, ticket(others), items)).toBe(others);
  expect(marksIn(oven, ticket(null), items)).toBeNull();
});

test('its own items are told, also those that are gone, and what the order says as a whole', () => {
  const marks: Marks = {
    added: [...others.added, { itemId: 'o', quantity: 2 }],
    changed: [...others.changed, 'o'],
    removed: [...others.removed, { name: 'Lobiani', station: 'oven', quantity: 1 }],
    fields: ['note'],
  };
  expect(marksIn(oven, ticket(marks), items)).toEqual({
    added: [{ itemId: 'o', quantity: 2 }],
    changed: ['o'],
    removed: [{ name: 'Lobiani', station: 'oven', quantity: 1 }],
    fields: ['note'],
  });
});
