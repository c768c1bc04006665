import type { DisplayStatus } from '#contract/display-status.ts';
import { itemsOfStation } from '#contract/items-of-station.ts';
import type { Order } from '#contract/order.ts';
import type { PaperTicket, PrinterModel } from '#contract/paper-ticket.ts';
import { GIVE_UP_AFTER_MS, isPaperWanted } from '#contract/paper-wanted.ts';
import type { ScreenPrinter, Settings, Station } from '#contract/settings.ts';
import type { Store } from '#contract/store.ts';
import type { Change } from '#contract/sync.ts';
import { testPage } from '#contract/test-page.ts';
import type { DiskGuard } from '../disk-guard.ts';
import type { Ports } from '../ports.ts';
import type { PrintRow, QueueStore } from '../stores.ts';
import { type Occasion, occasionOf, occasionsOfChanges } from './occasions-of.ts';
import { createPrinterWorker, type PrinterWorker } from './printer-worker.ts';

/** How long the ledger remembers papers of closed orders, ms: longer than an order can come back. */
const KEEP_MS = 35 * 24 * 3_600_000;

const MODELS = {
  '80mm': { columns: 48, dots: 576, encoding: 'raster', command: 'escpos' },
  '58mm': { columns: 32, dots: 384, encoding: 'raster', command: 'escpos' },
  impact: { columns: 42, dots: 512, encoding: 'raster', command: 'impact' },
} as const satisfies Record<ScreenPrinter['paper'], Omit<PrinterModel, 'address'>>;

type Ready = ScreenPrinter & { address: string };
const isReady = (printer: ScreenPrinter): printer is Ready => printer.address !== null;

export interface PrintingOptions {
  store: QueueStore;
  ports: Pick<Ports, 'clock' | 'paper' | 'log' | 'uuid'>;
  disks: DiskGuard;
  settings(): Settings;
  stations(): readonly Station[];
  /** Null: not known yet. */
  shop(): Store | null;
  shown(orderId: string): Order | undefined;
  /** As the server last sent them. */
  openOrders(): Order[];
  /** Whether this display has had any orders from its server. */
  hasOrders(): boolean;
  /** Server time, ms. */
  now(): number;
  /** Whether the server's time is known, and may decide what is old. */
  knowsTime(): boolean;
  onChange(): void;
}

export type Printing = ReturnType<typeof createPrinting>;

/** Prints orders on the printers of this display's settings, each occasion once (ADR 54). */
export function createPrinting(options: PrintingOptions) {
  const { store, ports, disks, settings, stations, shop, shown, openOrders, now, knowsTime, onChange } = options;
  const workers = new Map<string, PrinterWorker>();
  const printers = (): Ready[] => settings().printers.filter(isReady);

  /** By printer, the occasions that are switched on: those of before do not count. */
  function begun(): Record<string, readonly string[]> {
    const note = disks.read(() => store.note('printing'));
    return note.ok && typeof note.value === 'object' ? { ...(note.value as Record<string, string[]>) } : {};
  }

  function worker(printerId: string): PrinterWorker {
    const model = (): PrinterModel => {
      const { paper, address } = printers().find(({ id }) => id === printerId) as Ready;
      return { ...MODELS[paper], address };
    };
    const made =
      workers.get(printerId) ?? createPrinterWorker({ printerId, store, ports, disks, model, ticketOf, onChange });
    workers.set(printerId, made);
    return made;
  }

  function ticketOf({ printerId, request, orderId, reprint, at }: PrintRow): PaperTicket | 'later' | null {
    const printer = printers().find(({ id }) => id === printerId);
    const from = shop();
    if (!from) return 'later';
    if (!printer) return null;
    const waitedMs = knowsTime() ? now() - at : 0;
    const page = { storeId: from.id, printer: printer.name, currency: from.currency, at: new Date(at).toISOString() };
    const order = orderId === null ? testPage(page) : shown(orderId);
    if (!order) return options.hasOrders() ? null : 'later';
    const isByHand = request.startsWith('hand ');
    if (isByHand ? waitedMs > GIVE_UP_AFTER_MS : !isPaperWanted(order.status, waitedMs)) return null;
    const { station } = printer;
    const items = station === null || orderId === null ? order.items : itemsOfStation(order, station, stations());
    if (items.length === 0) return null;
    const headings: PaperTicket['headings'][number][] = [];
    if (orderId === null) headings.push('test');
    if (reprint) headings.push('reprint');
    const { name, timeZone } = from;
    return { order: { ...order, items }, headings, store: { name, timeZone }, language: settings().language };
  }

  function isOld({ since }: Occasion): boolean {
    return knowsTime() && now() - Date.parse(since) > GIVE_UP_AFTER_MS;
  }

  function print(occasions: readonly Occasion[]): void {
    for (const { id, on } of printers())
      for (const one of occasions) {
        const request = `${one.occasion} ${one.order.id}`;
        if (!on.includes(one.occasion) || isOld(one)) continue;
        const had = disks.read(() => store.hasPrint(id, request));
        if (!had.ok || had.value) continue;
        disks.run('queue', () =>
          store.addPrint({ printerId: id, request, orderId: one.order.id, state: 'waiting', at: now() }),
        );
        worker(id).wake();
      }
  }

  const occasionsOf = (orderIds: Iterable<string>): Occasion[] =>
    [...orderIds].flatMap((orderId) => {
      const order = shown(orderId);
      return (order && occasionOf(order)) ?? [];
    });

  /** All open orders: after a start, a snapshot, or a disk that did not take a paper. */
  function look(): void {
    if (printers().length === 0) return;
    const open = disks.read(openOrders);
    if (open.ok) print(occasionsOf(open.value.map(({ id }) => id)));
    for (const { id } of printers()) worker(id).wake();
  }

  /** The orders of now are not printed for an occasion that was just switched on. */
  function begin(): void {
    const before = begun();
    const wanted = Object.fromEntries(printers().map(({ id, on }) => [id, on]));
    if (JSON.stringify(before) !== JSON.stringify(wanted)) {
      const open = disks.read(openOrders);
      if (!open.ok) return;
      const occasions = occasionsOf(open.value.map(({ id }) => id));
      disks.run('queue', () => store.transaction(() => settle(before, wanted, occasions)));
    }
    for (const [id, one] of workers)
      if (!wanted[id]) {
        workers.delete(id);
        void one.stop();
      }
    for (const { id } of printers()) worker(id).retry();
  }

  function settle(
    before: Record<string, readonly string[]>,
    wanted: Record<string, readonly string[]>,
    occasions: readonly Occasion[],
  ): void {
    const set = new Set(settings().printers.map(({ id }) => id));
    for (const printerId of Object.keys(before)) if (!set.has(printerId)) store.removePrintsOf(printerId);
    for (const [printerId, on] of Object.entries(wanted)) {
      const fresh = on.filter((occasion) => !before[printerId]?.includes(occasion));
      for (const { occasion, order } of occasions)
        if (fresh.includes(occasion)) {
          const request = `${occasion} ${order.id}`;
          store.addPrint({ printerId, request, orderId: order.id, state: 'given_up', at: now() });
        }
    }
    store.setNote('printing', wanted);
  }

  if (settings().printers.length > 0) disks.run('queue', store.recoverPrints);

  return {
    /** The settings have changed, or the display starts. */
    begin,
    look,
    /** These orders have changed, here or on the server; `changes`, if they come from there. */
    touched(orderIds: Iterable<string>, changes: readonly Change[] = []): void {
      if (printers().length > 0) print([...occasionsOfChanges(changes, shown), ...occasionsOf(orderIds)]);
    },
    /** By hand; null: a test page. What waits there already is not added again. False: there is no such printer. Throws `StorageError`. */
    printByHand(printerId: string, orderId: string | null): boolean {
      if (!printers().some(({ id }) => id === printerId)) return false;
      const isHand = ({ request }: PrintRow): boolean => request.startsWith('hand ');
      const waits = store.waitingPrints(printerId).some((print) => print.orderId === orderId && isHand(print));
      if (!waits) store.addPrint({ printerId, request: `hand ${ports.uuid()}`, orderId, state: 'waiting', at: now() });
      worker(printerId).retry();
      return true;
    },
    status: (): DisplayStatus['printers'] =>
      printers().map(({ id, name }) => ({
        id,
        name,
        ...(workers.get(id)?.current() ?? { trouble: null, waiting: 0 }),
      })),
    forgetOld(): void {
      if (printers().length === 0) return;
      const open = disks.read(openOrders);
      if (!open.ok) return;
      const ids = open.value.map(({ id }) => id);
      disks.run('queue', () => store.forgetPrintsBefore(now() - KEEP_MS, ids));
    },
    /** @returns when what is being sent has ended and is stored; null: nothing is being sent */
    stop(): Promise<unknown> | null {
      const ends = [...workers.values()].flatMap((one) => one.stop() ?? []);
      return ends.length > 0 ? Promise.all(ends) : null;
    },
  };
}
