import { folded } from '#contract/folded.ts';
import type { Order } from '#contract/order.ts';
import { stationOf } from '#contract/station-of.ts';
import type { PaperTicket } from '#paper/print-ticket.ts';
import type { PrinterRow, PrintRow, StoreRow } from '../database/tables.ts';
import { settingsOf } from '../stores/store-settings.ts';

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
  // Without such a station in the settings, the items that name it.
  if (!stations.some((station) => station.id === id))
    return order.items.filter(({ station }) => station !== null && folded(station) === folded(id));
  const find = stationOf(stations);
  return order.items.filter((item) => find(item, order.source)?.id === id);
}

/** The order on a test page. @param at ISO */
export function testOrder({ store_id: storeId, name }: PrinterRow, currency: string, at: string): Order {
  const item = {
    id: '1',
    name,
    quantity: 1,
    modifiers: [],
    note: null,
    allergens: [],
    station: null,
    course: null,
    unitPriceMinor: null,
    done: false,
  };
  return {
    id: 'test',
    storeId,
    number: 'TEST',
    externalId: null,
    source: null,
    fulfilment: 'pickup',
    status: 'preparing',
    statusSince: at,
    priority: false,
    firedCourse: 1,
    customer: null,
    table: null,
    covers: null,
    items: [item],
    note: null,
    currency,
    totalMinor: 0,
    payment: { status: 'unpaid', method: null },
    placedAt: at,
    dueAt: null,
    acknowledgedAt: at,
    acknowledgedBy: null,
    reason: null,
    createdAt: at,
    updatedAt: at,
    version: 1,
    seq: 1,
  };
}
