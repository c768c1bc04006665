import type { Undo } from '#contract/bridge.ts';
import type { Printer, PrinterDraft, PrinterPatch, PrintJob } from '#contract/printer.ts';
import type { Once } from '../idempotency/once.ts';

/** What became of a try; `failed` is tried again. */
export type PrintTry = 'printed' | 'failed' | 'given_up';

/**
 * Kitchen printers (contract, section 14). `storeId` is the caller's store; null: any. Another store's printer or order
 * is `not_found`.
 */
export interface Printers {
  /** It prints what happens from now on. Refuses with `conflict` above the most of a store. */
  create(storeId: string, draft: PrinterDraft, once?: Once): Promise<Printer>;
  list(storeId: string): Promise<Printer[]>;
  get(id: string, storeId: string | null): Promise<Printer>;
  /** An occasion that is added counts from now on. */
  patch(id: string, patch: PrinterPatch, storeId: string | null): Promise<Printer>;
  /** What waits for it is not printed. */
  remove(id: string, storeId: string | null): Promise<void>;
  /** Prints an order by hand. One that waits there already is the answer, and not printed twice. */
  print(orderId: string, printerId: string, storeId: string | null): Promise<PrintJob>;
  /** Prints a test page. */
  test(id: string, storeId: string | null): Promise<PrintJob>;
  /** The printers for which this process prints. */
  count(): { working: number; failing: number };
  onTry(listener: (outcome: PrintTry) => void): Undo;
}
