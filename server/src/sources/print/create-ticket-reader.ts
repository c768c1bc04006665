import { Worker } from 'node:worker_threads';
import type { Printed } from '#capture/printed.ts';
import { readTicket, type Ticket } from '#capture/read-ticket.ts';
import type { Layout } from '#contract/caught-job.ts';

/** Memory of the thread, MB: far more than the longest ticket needs. */
const MOST_MB = 64;
/** The limits of `match-rules.ts` end a reading before, ms. */
const WITHIN_MS = 15_000;
/** A thread without work ends, ms: later than `match-rules.ts` forgets which rules are too slow. */
const IDLE_MS = 120_000;
const FAILED = 'The rules could not be tried: make them simpler. Until then the usual rules count.';

/** What the thread is asked to read. */
export interface Reading {
  jobs: readonly Printed['lines'][];
  layout: Layout;
}

export interface TicketReader {
  /** One reading after the other. */
  read(jobs: Reading['jobs'], layout: Layout): Promise<Ticket[]>;
  close(): Promise<void>;
}

/**
 * Reads tickets by a layout. An owner's rules can take a second on a line that they nearly fit, so they are tried in a
 * thread, which is started when it is needed: the server goes on meanwhile. Our own rules are tried at once.
 */
export function createTicketReader(): TicketReader {
  let thread: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ending = thread;
    thread = null;
    await ending?.terminate();
  }

  async function ask(reading: Reading): Promise<Ticket[]> {
    clearTimeout(idle);
    thread ??= new Worker(new URL('./read-tickets-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
    });
    const asked = thread;
    asked.unref();
    const answer = Promise.withResolvers<Ticket[]>();
    const fail = () => answer.reject(new Error('the thread ended without an answer'));
    asked.once('message', answer.resolve).once('error', answer.reject).once('exit', fail);
    const late = setTimeout(fail, WITHIN_MS);
    try {
      asked.postMessage(reading);
      return await answer.promise;
    } catch {
      await end();
      return reading.jobs.map((lines) => ({ ...readTicket(lines, 'generic'), problem: FAILED }));
    } finally {
      clearTimeout(late);
      asked.off('message', answer.resolve).off('error', answer.reject).off('exit', fail);
      idle = setTimeout(() => void end(), IDLE_MS).unref();
    }
  }

  return {
    async read(jobs, layout) {
      if (typeof layout === 'string' || jobs.length === 0) return jobs.map((lines) => readTicket(lines, layout));
      const read = last.then(() => ask({ jobs, layout }));
      last = read.catch(() => undefined);
      return read;
    },
    close: end,
  };
}
