import type { Undo } from '#contract/bridge.ts';
import type { PaperTicket, PrinterModel, PrinterTrouble } from '#contract/paper-ticket.ts';
import type { DiskGuard } from '../disk-guard.ts';
import type { Ports } from '../ports.ts';
import type { PrintRow, PrintStore } from '../stores.ts';

/** Before the second try, ms; doubles with each. */
const RETRY_MS = 2_000;
const MAX_RETRY_MS = 60_000;

export interface PrinterWorkerOptions {
  printerId: string;
  store: Pick<PrintStore, 'waitingPrints' | 'setPrint'>;
  ports: Pick<Ports, 'clock' | 'paper' | 'log'>;
  disks: Pick<DiskGuard, 'write' | 'read'>;
  model(): PrinterModel;
  /** `later`: it cannot be said yet; null: it is not printed any more. */
  ticketOf(print: PrintRow): PaperTicket | 'later' | null;
  onChange(): void;
}

export type PrinterWorker = ReturnType<typeof createPrinterWorker>;

/**
 * Prints the papers of one printer, in order, one at a time. Every step is on the disk before the next: a kill prints a
 * paper at most once more, and then marked as a reprint.
 */
export function createPrinterWorker(options: PrinterWorkerOptions) {
  const { printerId, store, ports, disks, model, ticketOf, onChange } = options;
  let trouble: PrinterTrouble | null = null;
  let waiting = 0;
  let failures = 0;
  let again = false;
  let working: Promise<void> | null = null;
  let cancelJob: Undo | null = null;
  let cancelRetry: Undo | null = null;
  /** What became of a paper, when the disk could not store it. */
  let unsaved: { id: number; to: Pick<PrintRow, 'state' | 'reprint'> } | null = null;
  let stopped = false;

  /** False: the disk does not take it. */
  function save(id: number, to: Pick<PrintRow, 'state' | 'reprint'>): boolean {
    unsaved = { id, to };
    if (!disks.write(() => store.setPrint(id, to)).ok) return false;
    unsaved = null;
    return true;
  }

  function waitingPrints(): PrintRow[] | null {
    const found = disks.read(() => store.waitingPrints(printerId));
    if (!found.ok) return null;
    waiting = found.value.length;
    return found.value;
  }

  /** False: there is nothing to print now. */
  async function printNext(): Promise<boolean> {
    if (unsaved && !save(unsaved.id, unsaved.to)) return false;
    const found = waitingPrints();
    if (!found) return false;
    const [print] = found;
    if (!print) {
      trouble = null;
      failures = 0;
      return false;
    }
    const { id, reprint } = print;
    const ticket = ticketOf(print);
    if (ticket === 'later') return false;
    if (!ticket) return save(id, { state: 'given_up', reprint });
    if (!disks.write(() => store.setPrint(id, { state: 'sending', reprint })).ok) return false;
    const job = ports.paper.print(model(), ticket);
    cancelJob = job.cancel;
    const outcome = await job.outcome;
    cancelJob = null;
    if (outcome.kind === 'printed') {
      trouble = null;
      failures = 0;
      return save(id, { state: 'printed', reprint });
    }
    const { mayBePrinted } = outcome;
    const wasLast = mayBePrinted && reprint;
    save(id, { state: wasLast ? 'given_up' : 'waiting', reprint: reprint || mayBePrinted });
    if (stopped) return false;
    waitingPrints();
    trouble = outcome.trouble;
    cancelRetry = ports.clock.after(Math.min(RETRY_MS * 2 ** failures++, MAX_RETRY_MS), () => {
      cancelRetry = null;
      wake();
    });
    return false;
  }

  async function work(): Promise<void> {
    try {
      while (again) {
        again = false;
        while (!stopped && !cancelRetry && (await printNext())) onChange();
      }
    } catch (error) {
      ports.log.error('a paper could not be printed', { error: String(error) });
    } finally {
      working = null;
      onChange();
    }
  }

  function wake(): void {
    if (stopped) return;
    again = true;
    if (working || cancelRetry) {
      waitingPrints();
      onChange();
    } else working = work();
  }

  return {
    /** There may be a paper. */
    wake,
    /** Somebody changed something: tries at once. */
    retry(): void {
      cancelRetry?.();
      cancelRetry = null;
      wake();
    },
    current: () => ({ trouble, waiting }),
    /** Ends the paper that is being sent. @returns when that is stored; null: nothing is being sent */
    stop(): Promise<void> | null {
      stopped = true;
      cancelRetry?.();
      cancelJob?.();
      return working;
    },
  };
}
