import type { Order } from './order.ts';
import type { Sales } from './sales.ts';
import { isCalledOff } from './status.ts';

/**
 * Adds up orders in other currencies than the store's, which no revenue contains: amounts of two currencies have no sum. Rejected
 * and cancelled orders are left out.
 */
export function createOtherCurrencies(ofStore: string) {
  const sums = new Map<string, { orders: number; totalMinor: number }>();
  return {
    add({ status, currency, totalMinor }: Pick<Order, 'status' | 'currency' | 'totalMinor'>): void {
      if (currency === ofStore || isCalledOff(status)) return;
      const sum = sums.get(currency) ?? { orders: 0, totalMinor: 0 };
      sums.set(currency, { orders: sum.orders + 1, totalMinor: sum.totalMinor + totalMinor });
    },
    /** By currency. */
    list: (): Sales['otherCurrencies'] =>
      [...sums].map(([currency, sum]) => ({ currency, ...sum })).sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  };
}
