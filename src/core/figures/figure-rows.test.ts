import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeType } from '#contract/decide.ts';
import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';
import type { FigureRow } from '../stores.ts';
import { rowsOfBatch, rowsOfSnapshot } from './figure-rows.ts';

/** Minutes after ten. */
const at = (minute: number): string => new Date(Date.parse('2026-11-21T10:00:00.000Z') + minute * 60_000).toISOString();
const in_ = (status: Status, minute: number, more: Partial<Order> = {}): Order =>
  anOrder({ id: 'a', status, statusSince: at(minute), updatedAt: at(minute), ...more });

let rows: Map<string, FigureRow>;
const cache = { figureRow: (id: string) => rows.get(id) };
beforeEach(() => {
  rows = new Map();
});
const keep = (fresh: readonly FigureRow[]): void => fresh.forEach((row) => void rows.set(row.orderId, row));

const change = (type: ChangeType, minute: number, more: Partial<Change> = {}): Change => ({
  seq: 1,
  type,
  orderId: 'a',
  at: at(minute),
  by: { role: 'display', id: 'd', name: 'Pass' },
  ...more,
});
const made = (order?: Order) => change('order_created', 0, order && { order });
const moved = (previousStatus: Status, minute: number, order?: Order) =>
  change('order_status_changed', minute, { previousStatus, ...(order && { order }) });
const batch = (...changes: Change[]) => keep(rowsOfBatch(changes, cache));
const snapshot = (...orders: Order[]) => {
  const fresh = rowsOfSnapshot(orders, cache);
  rows.clear();
  keep(fresh);
};
const steps = () => {
  const { startedAt, readyAt, recalls } = rows.get('a') ?? {};
  const minute = (iso?: string | null) => (iso ? (Date.parse(iso) - Date.parse(at(0))) / 60_000 : null);
  return [minute(startedAt), minute(readyAt), recalls];
};

describe('start and ready times, computed as on the server', () => {
  const ways = {
    'one by one': (changes: [Change, Order][]) => {
      for (const [one, order] of changes) batch({ ...one, order });
    },
    'in one batch, with the last order only': (changes: [Change, Order][]) =>
      batch(...changes.map(([one, order], i) => (i === changes.length - 1 ? { ...one, order } : one))),
  };
  const cases: [string, [Change, Order][], unknown[]][] = [
    ['placed', [[made(), in_('pending', 0)]], [null, null, 0]],
    ['placed as preparing', [[made(), in_('preparing', 0)]], [0, null, 0]],
    ['placed as ready: no preparation', [[made(), in_('ready', 0)]], [null, null, 0]],
    [
      'begun and ready',
      [
        [made(), in_('pending', 0)],
        [moved('pending', 2), in_('preparing', 2)],
        [moved('preparing', 9), in_('ready', 9)],
        [moved('ready', 11), in_('completed', 11)],
      ],
      [2, 9, 0],
    ],
    [
      'not ready after all',
      [
        [made(), in_('pending', 0)],
        [moved('pending', 2), in_('preparing', 2)],
        [moved('preparing', 9), in_('ready', 9)],
        [moved('ready', 10), in_('preparing', 10)],
        [moved('preparing', 14), in_('ready', 14)],
      ],
      [2, 14, 1],
    ],
    [
      'fetched back from the door: ready it was',
      [
        [made(), in_('preparing', 0)],
        [moved('preparing', 9), in_('ready', 9)],
        [moved('ready', 11), in_('completed', 11)],
        [moved('completed', 12), in_('ready', 12)],
      ],
      [0, 9, 1],
    ],
    [
      'changed while it is ready',
      [
        [made(), in_('preparing', 0)],
        [moved('preparing', 9), in_('ready', 9)],
        [change('payment_updated', 10), in_('ready', 9)],
      ],
      [0, 9, 0],
    ],
  ];
  for (const [way, take] of Object.entries(ways))
    it.each(cases)(`${way}: %s`, (_, changes, expected) => {
      take(changes);
      expect(steps()).toEqual(expected);
    });

  it('keeps no row of a deleted order', () => {
    expect(rowsOfBatch([made(), change('order_deleted', 1, { order: null })], cache)).toEqual([]);
  });
});

describe('a snapshot', () => {
  it('keeps the steps of an order whose status did not change', () => {
    batch(made(), moved('pending', 2), moved('preparing', 9, in_('ready', 9)));
    snapshot(in_('ready', 9, { version: 7 }));
    expect(steps()).toEqual([2, 9, 0]);
  });

  it.each([
    ['in preparation since then', in_('preparing', 4), [4, null, 0]],
    ['ready since then, start unknown', in_('ready', 4), [null, 4, 0]],
    ['done: no step is known', in_('completed', 4), [null, null, 0]],
  ])('of an order never seen before: %s', (_, order, expected) => {
    snapshot(order);
    expect(steps()).toEqual(expected);
  });

  it.each([
    ['became ready', in_('ready', 9), [2, 9, 0]],
    ['was completed, with the ready step missed', in_('completed', 12), [2, null, 0]],
  ])('of an order that was in preparation and %s', (_, order, expected) => {
    batch(made(), moved('pending', 2, in_('preparing', 2)));
    snapshot(order);
    expect(steps()).toEqual(expected);
  });

  it.each([
    ['is in preparation again', in_('preparing', 10), [2, null, 1]],
    ['is ready again, later', in_('ready', 14), [2, 14, 1]],
    ['is done', in_('completed', 12), [2, 9, 0]],
  ])('of an order that was ready and %s', (_, order, expected) => {
    batch(made(), moved('pending', 2), moved('preparing', 9, in_('ready', 9)));
    snapshot(order);
    expect(steps()).toEqual(expected);
  });
});
