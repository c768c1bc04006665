import type { Order } from './order.ts';
import type { PRINTER_TROUBLES, Printer } from './printer.ts';

/** What whoever decides about printing gives a printer, and what comes back. */

/** How a printer is reached and what it understands. */
export type PrinterModel = Pick<Printer, 'address' | 'columns' | 'dots' | 'encoding' | 'command'>;
export type PrinterTrouble = (typeof PRINTER_TROUBLES)[number];

/** What is on a ticket. */
export interface PaperTicket {
  order: Order;
  /** In large letters above the number: why this paper exists beside the screen. */
  headings: readonly ('backup' | 'reprint' | 'test')[];
  store: { name: string; timeZone: string };
  /** Of the words that are not in the order, such as `en`. */
  language: string;
}

/** What became of a job. */
export type PrintOutcome =
  | { kind: 'printed' }
  /** `mayBePrinted`: its end was not confirmed, so it may be on paper. */
  | { kind: 'trouble'; trouble: PrinterTrouble; mayBePrinted: boolean };
