import { describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { anOrder } from '#test/support/an-order.ts';
import { isCarriedOver, lastTimeOfDay } from './carried-over.ts';

describe('the latest occurrence of a time of day on the store’s clock', () => {
  it.each([
    ['later today is yesterday', '04:00', 'Asia/Tbilisi', '2026-11-21T10:00:00Z', '2026-11-21T00:00:00.000Z'],
    ['just before it', '04:00', 'Asia/Tbilisi', '2026-11-20T23:59:59.999Z', '2026-11-20T00:00:00.000Z'],
    ['exactly at that time', '04:00', 'Asia/Tbilisi', '2026-11-21T00:00:00.000Z', '2026-11-21T00:00:00.000Z'],
    ['midnight', '00:00', 'Asia/Tbilisi', '2026-11-21T19:59:00Z', '2026-11-20T20:00:00.000Z'],
    ['before midnight', '23:59', 'Asia/Tbilisi', '2026-11-21T20:30:00Z', '2026-11-21T19:59:00.000Z'],
    ['west of Greenwich', '04:00', 'America/New_York', '2026-11-21T08:00:00Z', '2026-11-20T09:00:00.000Z'],
    // The clocks skip from 02:00 to 03:00.
    ['the hour that is skipped', '02:30', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-29T01:30:00.000Z'],
    ['after the clocks went forward', '04:00', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-29T02:00:00.000Z'],
    // 02:30 comes twice.
    ['the hour that comes twice', '02:30', 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['after the clocks went back', '04:00', 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-25T03:00:00.000Z'],
    ['the day before that', '04:00', 'Europe/Berlin', '2026-10-25T02:59:00Z', '2026-10-24T02:00:00.000Z'],
  ])('%s', (_, time, zone, now, last) => {
    expect(new Date(lastTimeOfDay(time, zone, Date.parse(now))).toISOString()).toBe(last);
  });
});

describe('carried over at 04:00', () => {
  const FOUR = '2026-11-21T04:00:00.000Z';
  const evening = '2026-11-20T21:00:00.000Z';
  const old = (change: Partial<Order>): Order =>
    anOrder({ status: 'preparing', placedAt: evening, updatedAt: evening, acknowledgedAt: evening, ...change });

  it.each<[string, Partial<Order>, boolean, boolean]>([
    ['an order placed and changed before it', {}, false, true],
    ['an order seen and never started', { status: 'pending' }, false, true],
    ['not an unseen order: it rings (A1)', { status: 'pending', acknowledgedAt: null }, false, false],
    ['not an order placed after it', { placedAt: FOUR, updatedAt: FOUR }, false, false],
    ['not an order changed since', { updatedAt: '2026-11-21T04:00:01.000Z' }, false, false],
    ['not an order promised for later', { dueAt: '2026-11-21T12:00:00.000Z' }, false, false],
    ['an order promised for an earlier time', { dueAt: '2026-11-20T22:00:00.000Z' }, false, true],
    ['not an order with an unanswered command', {}, true, false],
    ['not a closed order', { status: 'completed' }, false, false],
  ])('%s', (_, change, pending, expected) => {
    expect(isCarriedOver({ order: old(change), pending, ended: null }, Date.parse(FOUR))).toBe(expected);
  });

  it('includes called-off orders that nobody cleared', () => {
    const cancelled = { order: old({ status: 'cancelled' }), pending: false, ended: { from: 'preparing' as const } };
    expect(isCarriedOver(cancelled, Date.parse(FOUR))).toBe(true);
  });
});
