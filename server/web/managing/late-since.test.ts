import { expect, test } from 'vitest';
import { anOrder } from '#test/support/an-order.ts';
import { lateSince } from './late-since.ts';

const PLACED = Date.parse('2026-11-21T10:00:00.000Z');
const iso = (minutes: number) => new Date(PLACED + minutes * 60_000).toISOString();
const at = (minutes: number) => PLACED + minutes * 60_000;

test.each([
  ['without a promised time, ten minutes after it was placed', { dueAt: null }, 10],
  ['at its promised time', { dueAt: iso(25) }, 25],
  ['at once if the promised time was before it was placed', { dueAt: iso(-5) }, 0],
] as const)('an order that is not ready is late %s', (_, change, minutes) => {
  for (const status of ['pending', 'preparing'] as const) {
    const order = anOrder({ status, ...change });
    expect(lateSince(order, at(minutes) - 1)).toBeNull();
    expect(lateSince(order, at(minutes))).toBe(at(minutes));
  }
});

test.each(['ready', 'delivering', 'completed', 'rejected', 'cancelled'] as const)(
  'an order that is %s is not',
  (status) => {
    expect(lateSince(anOrder({ status, dueAt: null }), at(600))).toBeNull();
  },
);
