import { describe, expect, it } from 'vitest';
import { type OrderFacts, quantile, summarise } from './summarise.ts';

const facts = (over: Partial<OrderFacts> = {}): OrderFacts => ({
  status: 'completed',
  totalMinor: 1_000,
  createdAt: '2026-11-21T10:00:00.000Z',
  dueAt: null,
  startedAt: null,
  readyAt: null,
  ...over,
});
const prepared = (minutes: number) =>
  facts({
    startedAt: '2026-11-21T10:00:00.000Z',
    readyAt: new Date(Date.parse('2026-11-21T10:00:00.000Z') + minutes * 60_000).toISOString(),
  });

describe('figures of a set of orders', () => {
  it('are zero or unknown without orders, never NaN', () => {
    const none = summarise([], 'UTC');
    expect(none).toMatchObject({ orders: 0, revenueMinor: 0, averageMinor: 0, onTimeShare: null, perHour: [] });
    expect(none.preparation).toEqual({ medianSeconds: null, p90Seconds: null });
    expect(Object.values(none.byStatus)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('[section 5] exclude rejected and cancelled orders from revenue and average, but not from counts', () => {
    const orders = [facts(), facts({ totalMinor: 501 }), facts({ status: 'cancelled' }), facts({ status: 'rejected' })];
    expect(summarise(orders, 'UTC')).toMatchObject({
      orders: 4,
      byStatus: { completed: 2, cancelled: 1, rejected: 1 },
      revenueMinor: 1_501,
      averageMinor: 751,
      perHour: [{ hour: '2026-11-21T10:00+00:00', orders: 4, revenueMinor: 1_501 }],
    });
  });

  it('leave amounts in another currency out of revenue and average, but not out of counts', () => {
    const orders = [facts(), facts({ totalMinor: null })];
    expect(summarise(orders, 'UTC')).toMatchObject({
      orders: 2,
      byStatus: { completed: 2 },
      revenueMinor: 1_000,
      averageMinor: 1_000,
      perHour: [{ orders: 2, revenueMinor: 1_000 }],
    });
  });

  it('exclude preparation times over four hours', () => {
    const { preparation } = summarise([2, 1, 3, 240, 241, 5_000].map(prepared), 'UTC');
    expect(preparation).toEqual({ medianSeconds: 120, p90Seconds: 240 * 60 });
  });

  it('count as on time the promised orders that were ready by then, among those that became ready', () => {
    const due = '2026-11-21T10:05:00.000Z';
    const orders = [5, 6].map((minutes) => ({ ...prepared(minutes), dueAt: due }));
    expect(summarise([...orders, facts({ dueAt: due }), prepared(1)], 'UTC').onTimeShare).toBe(0.5);
  });

  it("use the store's hours, oldest first", () => {
    const at = (createdAt: string) => facts({ createdAt });
    const orders = [at('2026-10-25T01:30:00.000Z'), at('2026-10-25T00:30:00.000Z'), at('2026-10-25T00:59:59.999Z')];
    expect(summarise(orders, 'Europe/Berlin').perHour.map(({ hour, orders }) => [hour, orders])).toEqual([
      ['2026-10-25T02:00+02:00', 2],
      ['2026-10-25T02:00+01:00', 1],
    ]);
  });

  it.each([
    [[], 0.5, null],
    [[7], 0.9, 7],
    [[1, 2, 3, 4], 0.5, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
    [[1, 2], 0, 1],
    [[1, 2], 1, 2],
  ])('the quantile of %j at %d is %j', (values, share, expected) => {
    expect(quantile(values, share)).toBe(expected);
  });
});
