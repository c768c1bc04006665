import type { Kysely } from 'kysely';
import { startOfLocalDay } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import { createOtherCurrencies } from '#contract/other-currencies.ts';
import type { Sales } from '#contract/sales.ts';
import { isCalledOff } from '#contract/status.ts';
import type { Tables } from '../database/tables.ts';
import { ordersFromRows, type Replacements, STORED_ORDER } from '../orders/order-rows.ts';
import { findStore } from '../stores/find-store.ts';
import { createdUntil, inSlices } from './created-until.ts';

/** Whole orders read at once: a few ms. */
const SLICE = 50;
const MOST_DISHES = 200;

interface Span {
  storeId: string;
  /** ISO, inclusive; without one, the start of the store's day at `to`. */
  from: string | undefined;
  /** ISO, inclusive. */
  to: string;
}

/**
 * Sales by source and by dish of the orders created in a span. Refuses with `not_found`; throws `DamagedOrders` unless there are
 * replacements, and the signal's reason when it aborts.
 */
export async function readSales(
  db: Kysely<Tables>,
  { storeId, from, to }: Span,
  replacements: Replacements,
  signal?: AbortSignal,
): Promise<Sales> {
  const { time_zone: timeZone, currency } = await findStore(db, storeId);
  const first = from ?? new Date(startOfLocalDay(Date.parse(to), timeZone)).toISOString();
  const count = createSalesCount(currency);
  const orders = createdUntil(db, storeId, to).select([...STORED_ORDER, 'created_at']);
  for await (const slice of inSlices(orders, first, SLICE, signal))
    for (const order of ordersFromRows(slice, replacements)) count.add(order);
  return count.sales();
}

/** @param ofStore the currency of its revenue */
function createSalesCount(ofStore: string) {
  const sources = new Map<string | null, { orders: number; revenueMinor: number }>();
  const dishes = new Map<string, { quantity: number; orders: number }>();
  const otherCurrencies = createOtherCurrencies(ofStore);

  function addDishes(items: Order['items']): void {
    const names = new Set<string>();
    for (const { name, quantity } of items) {
      const dish = dishes.get(name) ?? { quantity: 0, orders: 0 };
      dish.quantity += quantity;
      if (!names.has(name)) dish.orders++;
      names.add(name);
      dishes.set(name, dish);
    }
  }
  return {
    add(order: Order): void {
      const { status, source, currency, totalMinor, items } = order;
      if (isCalledOff(status)) return;
      const sum = sources.get(source) ?? { orders: 0, revenueMinor: 0 };
      const revenue = currency === ofStore ? totalMinor : 0;
      sources.set(source, { orders: sum.orders + 1, revenueMinor: sum.revenueMinor + revenue });
      otherCurrencies.add(order);
      addDishes(items);
    },
    sales: (): Sales => ({
      sources: [...sources]
        .map(([source, sum]) => ({ source, ...sum }))
        .sort((a, b) => b.revenueMinor - a.revenueMinor || b.orders - a.orders),
      dishes: [...dishes]
        .map(([name, sum]) => ({ name, ...sum }))
        .sort((a, b) => b.quantity - a.quantity || (a.name < b.name ? -1 : 1))
        .slice(0, MOST_DISHES),
      otherCurrencies: otherCurrencies.list(),
    }),
  };
}
