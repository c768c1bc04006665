import type { Printer, PrintReason } from '#contract/printer.ts';

/** The rows of kitchen printers. See `database/tables.ts`. */
export interface PrintTables {
  printers: PrinterRow;
  prints: PrintRow;
}

/** A kitchen printer of a store. */
export interface PrinterRow {
  id: string;
  store_id: string;
  name: string;
  /** `host:port`. */
  address: string;
  /** JSON of `columns`, `dots`, `encoding` and `command`. */
  model: string;
  /** JSON of the contract's `on`, each with the head of the log when it was switched on: only what comes later is printed. */
  occasions: string;
  station: string | null;
  created_at: string;
  checksum: number;
  /** JSON of the values that the checksum covers. */
  second_copy: string;
}

/** A paper to print, kept when it is printed so that it is not printed twice. */
export interface PrintRow {
  /** UUID v7: a printer prints the lowest first. */
  id: string;
  printer_id: string;
  /** null: a test page. */
  order_id: string | null;
  reason: PrintReason;
  /** Unique for a printer: the reason and the order, or the id of a request by hand. */
  request: string;
  /** Of a backup: the number of the change with which the order arrived. */
  seq: number | null;
  /** `watched`: a backup whose time has not come. `sending`: it may be on paper, and no end was confirmed. */
  state: 'watched' | 'waiting' | 'sending' | 'printed' | 'given_up';
  /** 1: it was sent before without a confirmed end. */
  reprint: number;
  trouble: Printer['trouble'];
  created_at: string;
}
