import { isIP } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { codePageNamed } from '#capture/code-pages.ts';
import { judgeJob } from '#capture/judge-job.ts';
import { rulesOf } from '#capture/layouts.ts';
import { listenAsPrinter } from '#capture/listen-as-printer.ts';
import type { Printed } from '#capture/printed.ts';
import { readTicket, type Ticket } from '#capture/read-ticket.ts';
import { Layout } from '#contract/caught-job.ts';
import { optional } from '#contract/field-types.ts';
import type { Adapter, JobStore, KeptJob, TheirOrder } from '../adapter.ts';
import { contentOf, mapTicket } from './map-ticket.ts';

const PAUSE_MS = 500;
/** What is no order is logged at most once in this time, ms. */
const REFUSED_EVERY_MS = 60_000;

const Settings = z.strictObject({
  port: z.int().min(1).max(65_535),
  host: optional(
    z
      .string()
      .refine(
        (host) => host === 'localhost' || isIP(host) !== 0,
        'must be an address of this machine, such as 0.0.0.0',
      ),
  ),
  layout: optional(
    Layout.refine(
      (layout) => typeof layout === 'string' || layout.codePage === undefined || codePageNamed(layout.codePage),
      { message: 'must be a code page that can be read, such as PC866 or WPC1252', path: ['codePage'] },
    ),
  ),
});
type Settings = z.output<typeof Settings>;

/** A kitchen printer to any till that can print (contract, sections 12 and 16; ADR 46). */
export const print: Adapter<Settings, null> = {
  kind: 'print',
  settings: Settings,
  secret: null,
  pollSeconds: null,
  service: () => null,
  account: (_settings, sourceId) => sourceId,
  open: ({ settings, store, now }) => ({ listen: (take, jobs) => listen(settings, store.currency, now, take, jobs) }),
};

async function listen(
  { port, host = '127.0.0.1', layout = 'generic' }: Settings,
  currency: string,
  now: () => number,
  take: (orders: readonly TheirOrder[]) => Promise<void>,
  jobs: JobStore,
): Promise<() => Promise<void>> {
  const { codePage } = rulesOf(layout);
  const ending = new AbortController();
  const refusedAt = new Map<string, number>();
  let isReady = true;

  for (const job of await jobs.waiting()) await order(job, readTicket(job.printed.lines, layout));
  const end = await listenAsPrinter({
    host,
    port,
    page: (codePage !== null && codePageNamed(codePage)) || null,
    isReady: () => isReady,
    async onJob(printed, from) {
      const verdict = judgeJob(printed);
      if (verdict === 'order') await untilStored(() => catchJob(printed));
      else if (verdict !== 'nothing') await refused(verdict, from).catch(() => undefined);
      return verdict !== 'noise';
    },
  });
  return () => {
    ending.abort();
    return end();
  };

  async function catchJob(printed: Printed): Promise<void> {
    const ticket = readTicket(printed.lines, layout);
    const job = await jobs.keep(printed, contentOf(ticket), ticket.isReprint);
    if (job) await untilStored(() => order(job, ticket));
  }

  async function order({ id, at, printed }: KeptJob, ticket: Ticket): Promise<void> {
    const draft = mapTicket(ticket, printed, at, currency);
    await take([{ id, mark: at, state: { kind: 'order', draft, status: 'pending', theirStatus: 'printed' } }]);
    await jobs.done(id);
  }

  /** While the database is away, the till sees a printer that is off line, and the job waits. When listening ends, one try is left. */
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

  async function refused(verdict: 'picture' | 'noise', from: string): Promise<void> {
    if (now() - (refusedAt.get(verdict) ?? Number.NEGATIVE_INFINITY) < REFUSED_EVERY_MS) return;
    refusedAt.set(verdict, now());
    await jobs.refused(
      verdict === 'picture'
        ? 'The till printed only a picture, which cannot be read. If it was a ticket, set the till to print text.'
        : `What came from ${from} is no ticket of a till. It was not taken.`,
    );
  }
}
