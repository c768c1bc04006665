import { itemsOfStation } from '#contract/items-of-station.ts';
import type { Order } from '#contract/order.ts';
import type { PaperTicket } from '#contract/paper-ticket.ts';
import type { StoreRow } from '../database/tables.ts';
import { settingsOf } from '../stores/store-settings.ts';
import type { PrinterRow, PrintRow } from './print-tables.ts';

/** What is on a paper; null: the printer's station has nothing to do with the order. */
export function ticketOf(printer: PrinterRow, print: PrintRow, store: StoreRow, order: Order): PaperTicket | null {
  const items = print.reason === 'test' ? order.items : itemsOf(printer, store, order);
  if (items.length === 0) return null;
  const headings: PaperTicket['headings'][number][] = [];
  if (print.reason === 'test') headings.push('test');
  if (print.reason === 'no_display') headings.push('backup');
  if (print.reprint === 1) headings.push('reprint');
  const { name, time_zone: timeZone } = store;
  return { order: { ...order, items }, headings, store: { name, timeZone }, language: settingsOf(store).language };
}

function itemsOf({ station: id }: PrinterRow, store: StoreRow, order: Order): Order['items'] {
  if (id === null) return order.items;
  const stations = settingsOf(store).stations.map(({ match, ...station }) => ({
    ...station,
    stations: match.stations ?? [],
    names: match.names ?? [],
    sources: match.sources ?? [],
  }));
  return itemsOfStation(order, id, stations);
}
