import { expect, test } from 'vitest';
import type { Marks } from '#contract/ticket.ts';
import { aScope } from '../testing/a-scope.ts';
import { anItem, aTicket } from '../testing/a-ticket.ts';
import { stationMarks } from './in-scope.ts';

const oven = aScope({}, '?station=oven');
const items = [anItem({ id: 'o', station: 'oven' })];
const ticket = (marks: Marks | null) => ({ ...aTicket(), marks });
const others: Marks = {
  added: [{ itemId: 'g', quantity: 1 }],
  changed: ['h'],
  moved: [],
  removed: [{ name: 'Mtsvadi', station: 'grill', quantity: 1 }],
  fields: [],
};

test('leaves out changes that only concern another station', () => {
  expect(stationMarks(oven, ticket(others), items)).toBeNull();
  expect(stationMarks({ screen: 'all' }, ticket(others), items)).toBe(others);
  expect(stationMarks(oven, ticket(null), items)).toBeNull();
});

test('keeps changes of its own items, removed ones included, and of the order as a whole', () => {
  const marks: Marks = {
    added: [...others.added, { itemId: 'o', quantity: 2 }],
    changed: [...others.changed, 'o'],
    moved: ['g', 'o'],
    removed: [...others.removed, { name: 'Lobiani', station: 'oven', quantity: 1 }],
    fields: ['note'],
  };
  expect(stationMarks(oven, ticket(marks), items)).toEqual({
    added: [{ itemId: 'o', quantity: 2 }],
    changed: ['o'],
    moved: ['o'],
    removed: [{ name: 'Lobiani', station: 'oven', quantity: 1 }],
    fields: ['note'],
  });
});

test('marks what was sent from one station to another only where it went', () => {
  const moved: Marks = { added: [], changed: [], moved: ['o'], removed: [], fields: [] };
  expect(stationMarks(oven, ticket(moved), items)).toEqual(moved);
  expect(stationMarks(aScope({}, '?station=grill'), ticket(moved), [])).toBeNull();
  expect(stationMarks({ screen: 'all' }, ticket(moved), items)).toBeNull();
  expect(stationMarks({ screen: 'all' }, ticket({ ...moved, fields: ['note'] }), items)).toEqual({
    ...moved,
    moved: [],
    fields: ['note'],
  });
});
