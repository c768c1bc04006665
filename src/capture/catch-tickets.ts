import { setTimeout as pause } from 'node:timers/promises';
import type { Layout } from '#contract/caught-job.ts';
import { codePageNamed } from './code-pages.ts';
import { judgeJob } from './judge-job.ts';
import type { KeptJob } from './kept-job.ts';
import { rulesOf } from './layouts.ts';
import { listenAsPrinter } from './listen-as-printer.ts';
import { contentOf } from './map-ticket.ts';
import type { Printed } from './printed.ts';
import { readTicket, type Ticket } from './read-ticket.ts';

const PAUSE_MS = 500;
/** What is no order is reported at most once in this time, ms. */
const REFUSED_EVERY_MS = 60_000;

export interface CatchTicketsOptions {
  host: string;
  port: number;
  layout: Layout;
  /** Reads a ticket by the layout; by default at once, while nothing else runs. */
  read?(lines: Printed['lines']): Promise<Ticket>;
  /**
   * Stores a job; rejects if it cannot.
   *
   * @param isReprint says so itself: it is no other order if one with this content came today (same-job.ts)
   * @returns null: there is nothing more to do, such as for the same one once more
   */
  keep(printed: Printed, content: string, isReprint: boolean): Promise<KeptJob | null>;
  /** Makes an order of a job that is stored; the till has its answer once this resolves. Rejects if it must be tried again. */
  kept?(job: KeptJob, ticket: Ticket): Promise<void>;
  /** What was printed is no order. */
  refused(what: 'picture' | 'noise', from: string): Promise<void>;
}

/**
 * Catches what tills print on a port (ADR 46). While nothing can be stored, the till sees a printer that is off line, and the job
 * waits. Rejects with a message for an owner.
 *
 * @returns ends it; one try is left then for each job that is not stored
 */
export async function catchTickets(options: CatchTicketsOptions): Promise<() => Promise<void>> {
  const { host, port, layout } = options;
  const { codePage } = rulesOf(layout);
  const ending = new AbortController();
  const refusedAt = new Map<string, number>();
  let isReady = true;

  const end = await listenAsPrinter({
    host,
    port,
    page: (codePage !== null && codePageNamed(codePage)) || null,
    isReady: () => isReady,
    async onJob(printed, from) {
      const verdict = judgeJob(printed);
      if (verdict === 'order') await untilStored(() => catchJob(printed));
      else if (verdict !== 'nothing') await refuse(verdict, from).catch(() => undefined);
      return verdict !== 'noise';
    },
  });
  return () => {
    ending.abort();
    return end();
  };

  async function catchJob(printed: Printed): Promise<void> {
    const ticket = (await options.read?.(printed.lines)) ?? readTicket(printed.lines, layout);
    const job = await options.keep(printed, contentOf(ticket), ticket.isReprint);
    if (job) await untilStored(async () => options.kept?.(job, ticket));
  }

  async function untilStored(store: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await store();
        isReady = true;
        return;
      } catch (error) {
        isReady = false;
        if (ending.signal.aborted) throw error;
        await pause(PAUSE_MS, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async function refuse(what: 'picture' | 'noise', from: string): Promise<void> {
    const now = performance.now();
    if (now - (refusedAt.get(what) ?? Number.NEGATIVE_INFINITY) < REFUSED_EVERY_MS) return;
    refusedAt.set(what, now);
    await options.refused(what, from);
  }
}
