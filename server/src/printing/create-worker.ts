import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import type { PaperTicket, PrinterModel, PrinterTrouble, PrintOutcome } from '#contract/paper-ticket.ts';
import { GIVE_UP_AFTER_MS, isPaperWanted } from '#contract/paper-wanted.ts';
import { isOpen } from '#contract/status.ts';
import { testPage } from '#contract/test-page.ts';
import type { Tables } from '../database/tables.ts';
import { UNDELIVERED_AFTER_MS } from '../escalation/evaluate.ts';
import type { Term } from '../leases/term.ts';
import type { ReceiptBook } from '../receipts/receipts.ts';
import type { Escalations } from '../service.ts';
import { findStore } from '../stores/find-store.ts';
import { judgeBackup } from './judge-backup.ts';
import { nextPrint, setPrint, watchedPrints } from './print-rows.ts';
import type { PrinterRow, PrintRow } from './print-tables.ts';
import { modelOf } from './printer-rows.ts';
import type { PrintTry } from './printers.ts';
import { aboutPrinter, troubleInWords } from './tell-owner.ts';
import { ticketOf } from './ticket-of.ts';

/** Before the second try, ms; doubles with each. */
const RETRY_MS = 2_000;
const MAX_RETRY_MS = 60_000;

type PaperChange = [print: PrintRow, from: PrintRow['state'], to: Parameters<typeof setPrint>[3]];

export interface WorkerParts {
  db: Kysely<Tables>;
  term: Pick<Term, 'queue' | 'confirm'>;
  /**
   * By printer: what became of a paper and is not stored. It is stored before the next one, also if the printer is changed
   * meanwhile, or the paper would stay `sending`.
   */
  unstored: Map<string, PaperChange>;
  receipts: Pick<ReceiptBook, 'presence' | 'maxAckedSeq' | 'offlineFor'>;
  escalations: Pick<Escalations, 'raise' | 'resolve'>;
  printTicket(printer: PrinterModel, ticket: PaperTicket, options: { signal: AbortSignal }): Promise<PrintOutcome>;
  /** null: deleted. */
  orderOf(id: string): Promise<Order | null>;
  onTry(outcome: PrintTry): void;
  onFailure(error: unknown): void;
  /** Since the start of the server, ms. */
  runsMs(): number;
  /** ms since 1970. */
  now(): number;
}

/** Prints the papers of one printer, in order, one at a time. */
export interface Worker {
  /** There may be a paper, or the time of a backup or of a try may have come. Call it once a second. */
  wake(): void;
  isFailing(): boolean;
  /** Ends it after the paper that is being sent, which is cut off. */
  stop(): Promise<void>;
}

/** Every step is stored before the next: a kill never prints a paper more than once more, and then marked as a reprint. */
export function createWorker(printer: PrinterRow, parts: WorkerParts): Worker {
  const { db, unstored, receipts, escalations, onTry, onFailure, now } = parts;
  const { queue, confirm } = parts.term;
  const ending = new AbortController();
  const { signal } = ending;
  const model = { ...modelOf(printer), address: printer.address };
  let again = false;
  let working: Promise<void> | null = null;
  let failures = 0;
  /** ms on a clock that never jumps. */
  let retryAt = 0;
  /** Unknown after a start, and while storing one is not answered: one may be open. */
  let isTold: boolean | null = null;

  async function work(): Promise<void> {
    try {
      while (again && !signal.aborted) {
        again = false;
        const late = unstored.get(printer.id);
        if (late) await store(...late);
        await judge();
        while (!signal.aborted && retryAt <= performance.now() && (await printNext()));
      }
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  }

  /** Backups whose time has come wait from now on, or are not needed. */
  async function judge(): Promise<void> {
    const before = new Date(now() - UNDELIVERED_AFTER_MS).toISOString();
    for (const print of await watchedPrints(db, printer.id, before)) {
      const order = await orderOf(print);
      const verdict = order && isAtWork(order) ? judgement(print) : 'fine';
      if (verdict === 'wait') continue;
      const state = verdict === 'print' ? 'waiting' : 'given_up';
      await write(print, 'watched', { state });
    }
  }

  const write = (...change: PaperChange) => queue.write(printer.store_id, (tx) => setPrint(tx, ...change));

  async function store(...change: PaperChange): Promise<void> {
    unstored.set(printer.id, change);
    await write(...change);
    unstored.delete(printer.id);
  }

  const judgement = ({ seq }: PrintRow) =>
    judgeBackup(receipts, { storeId: printer.store_id, seq: seq ?? 0, runsMs: parts.runsMs() });

  /** false: there is nothing to print, or it has to be tried again later. */
  async function printNext(): Promise<boolean> {
    const print = await nextPrint(db, printer.id);
    if (!print) {
      await tellWell();
      return false;
    }
    const ticket = await ticketToPrint(print);
    if (!ticket) {
      await write(print, 'waiting', { state: 'given_up' });
      onTry('given_up');
      return true;
    }
    // If the answer to this is lost, or the term is, nothing was sent.
    unstored.set(printer.id, [print, 'sending', { state: 'waiting' }]);
    const isClaimed = await write(print, 'waiting', { state: 'sending' });
    if (isClaimed) await confirm();
    unstored.delete(printer.id);
    if (!isClaimed) return true;
    const outcome = await send(ticket);
    if (outcome.kind === 'printed') {
      await store(print, 'sending', { state: 'printed', trouble: null });
      failures = 0;
      onTry('printed');
      await tellWell();
      return true;
    }
    const { trouble, mayBePrinted } = outcome;
    const wasLast = mayBePrinted && print.reprint === 1;
    await store(print, 'sending', {
      state: wasLast ? 'given_up' : 'waiting',
      reprint: mayBePrinted ? 1 : print.reprint,
      trouble,
    });
    if (signal.aborted) return false;
    retryAt = performance.now() + Math.min(RETRY_MS * 2 ** failures++, MAX_RETRY_MS);
    onTry(wasLast ? 'given_up' : 'failed');
    await tell(trouble);
    return false;
  }

  /** null: it is not printed any more. */
  async function ticketToPrint(print: PrintRow): Promise<PaperTicket | null> {
    const waits = now() - Date.parse(print.created_at);
    if (waits > GIVE_UP_AFTER_MS) return null;
    const store = await findStore(db, printer.store_id);
    if (print.order_id === null) {
      const { store_id: storeId, name } = printer;
      const page = testPage({ storeId, printer: name, currency: store.currency, at: print.created_at });
      return ticketOf(printer, print, store, page);
    }
    const order = await orderOf(print);
    if (!order || (print.reason !== 'manual' && !isWanted(print, order, waits))) return null;
    return ticketOf(printer, print, store, order);
  }

  function isWanted({ reason, ...print }: PrintRow, { status }: Order, waits: number): boolean {
    // A display that has it by now is better than paper.
    if (reason === 'no_display') return isOpen(status) && judgement({ reason, ...print }) !== 'fine';
    return isPaperWanted(status, waits);
  }

  const orderOf = async ({ order_id: id }: PrintRow) => (id === null ? null : parts.orderOf(id));

  async function send(ticket: PaperTicket): Promise<PrintOutcome> {
    try {
      return await parts.printTicket(model, ticket, { signal });
    } catch (error) {
      onFailure(error);
      return { kind: 'trouble', trouble: 'error', mayBePrinted: true };
    }
  }

  async function tell(trouble: PrinterTrouble): Promise<void> {
    if (isTold) return;
    isTold = null;
    await escalations.raise(aboutPrinter(printer), troubleInWords(printer, trouble));
    isTold = true;
  }

  async function tellWell(): Promise<void> {
    if (isTold === false) return;
    await escalations.resolve(aboutPrinter(printer));
    isTold = false;
  }

  return {
    wake() {
      again = true;
      if (signal.aborted) return;
      working ??= work().finally(() => {
        working = null;
      });
    },
    isFailing: () => failures > 0,
    async stop() {
      ending.abort();
      await working;
    },
  };
}

const isAtWork = ({ status }: Order): boolean => status === 'pending' || status === 'preparing';
