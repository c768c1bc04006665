import { localHour, offsetAt } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import type { Store } from '#contract/store.ts';
import type { PageText } from '../managing/load-text.ts';

type Cell = string | number | null;

/** Orders as the rows of a spreadsheet, with a row of names. Times are those of the store's clock. */
export function orderRows(orders: readonly Order[], store: Pick<Store, 'timeZone'>, t: PageText['t']): Cell[][] {
  const names = [
    ...[t('csv.number'), t('sheet.placed'), t('find.by.status'), t('find.by.fulfilment'), t('sheet.source')],
    ...[t('sheet.customer'), t('sheet.phone'), t('fact.table'), t('csv.items'), t('csv.note')],
    ...[t('sheet.total'), t('stores.currency'), t('find.by.payment'), t('sheet.reason'), 'externalId', 'id'],
  ];
  return [names, ...orders.map((order) => rowOf(order, store.timeZone, t))];
}

function rowOf(order: Order, timeZone: string, t: PageText['t']): Cell[] {
  const { customer } = order;
  return [
    ...[order.number, clockTime(order.placedAt, timeZone), t(`status.${order.status}`)],
    ...[
      t(`fulfilment.${order.fulfilment}`),
      order.source,
      customer?.name ?? null,
      customer?.phone ?? null,
      order.table,
    ],
    order.items.map(({ quantity, name }) => `${quantity} × ${name}`).join('; '),
    order.note,
    amount(order.totalMinor, order.currency),
    ...[order.currency, t(`payment.${order.payment.status}`), order.reason, order.externalId, order.id],
  ];
}

/** `2026-11-21 19:42:07` */
function clockTime(iso: string, timeZone: string): string {
  const at = Date.parse(iso);
  const offset = offsetAt(at, timeZone);
  return `${localHour(at, offset).slice(0, 10)} ${new Date(at + offset).toISOString().slice(11, 19)}`;
}

/** In the currency's major unit. */
function amount(minor: number, currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return minor / 10 ** maximumFractionDigits;
}
