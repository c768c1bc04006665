import { expect, test } from 'vitest';
import type { Status } from '#contract/status.ts';
import { anOrder } from '#test/support/an-order.ts';
import { ordersToday } from './orders-today.ts';

const TBILISI = { id: 'main', timeZone: 'Asia/Tbilisi' };
/** 00:30 on the next day in Tbilisi. */
const NOW = Date.parse('2026-11-21T20:30:00.000Z');

test("a store's list begins at its own midnight, keeps what is still open, and has no other store's orders", () => {
  const one = (id: string, createdAt: string, status: Status, storeId = 'main') =>
    [id, anOrder({ id, storeId, status, createdAt })] as const;
  const orders = new Map([
    one('done-yesterday', '2026-11-21T19:59:59.999Z', 'completed'),
    one('open-yesterday', '2026-11-21T19:00:00.000Z', 'preparing'),
    one('first', '2026-11-21T20:00:00.000Z', 'cancelled'),
    one('last', '2026-11-21T20:10:00.000Z', 'pending'),
    one('elsewhere', '2026-11-21T20:10:00.000Z', 'pending', 'other'),
  ]);
  expect(ordersToday(orders, TBILISI, NOW).map(({ id }) => id)).toEqual(['last', 'first', 'open-yesterday']);
});
