import type { Kysely } from 'kysely';
import type { KeptJob } from '#capture/kept-job.ts';
import { mapTicket } from '#capture/map-ticket.ts';
import type { Ticket } from '#capture/read-ticket.ts';
import type { CaughtJob, Layout } from '#contract/caught-job.ts';
import type { Tables } from '../../database/tables.ts';
import { ServiceError } from '../../service-error.ts';
import { findStore } from '../../stores/find-store.ts';
import { findSource } from '../source-rows.ts';
import type { CaughtJobs } from './caught-jobs.ts';
import { createTicketReader } from './create-ticket-reader.ts';
import { findJob, newestJobs } from './job-rows.ts';

const SHOWN = 20;

export function createCaughtJobs(db: Kysely<Tables>): CaughtJobs {
  const reader = createTicketReader();

  async function shown(sourceId: string, storeId: string | null, layout: Layout | null, job?: string) {
    const { store_id, settings } = await findSource(db, sourceId, storeId);
    const { currency } = await findStore(db, store_id);
    const own = (JSON.parse(settings) as { layout?: Layout }).layout ?? 'generic';
    const wanted = job === undefined ? await newestJobs(db, sourceId, SHOWN) : [await findJob(db, sourceId, job)];
    const jobs = wanted.filter((one) => one !== undefined);
    if (jobs.length < wanted.length)
      throw new ServiceError('not_found', 'There is no such ticket: only the newest are kept.');
    const tickets = await reader.read(
      jobs.map(({ printed }) => printed.lines),
      layout ?? own,
    );
    return jobs.map((one, i) => jobWith(one, tickets[i] as Ticket, currency));
  }
  return {
    list: (sourceId, storeId) => shown(sourceId, storeId, null),
    tryLayout: (sourceId, { layout, job }, storeId) => shown(sourceId, storeId, layout, job),
  };
}

function jobWith({ id, at, printed }: KeptJob, ticket: Ticket, currency: string): CaughtJob {
  const draft = mapTicket(ticket, printed, at, currency);
  return {
    id,
    at: new Date(at).toISOString(),
    complete: printed.complete,
    lines: printed.lines.map((line, i) => ({ ...line, rule: ticket.rules[i] ?? null })),
    order: {
      number: draft.number ?? null,
      table: draft.table ?? null,
      fulfilment: draft.fulfilment ?? 'pickup',
      customer: draft.customer ? { name: draft.customer.name ?? null, phone: draft.customer.phone ?? null } : null,
      covers: draft.covers ?? null,
      items: draft.items.map(({ name, quantity, modifiers = [], note }) => ({
        name,
        quantity,
        modifiers: modifiers.map((one) => ({ name: one.name, quantity: one.quantity ?? 1 })),
        note: note ?? null,
      })),
      note: draft.note ?? null,
      totalMinor: draft.totalMinor,
    },
    plain: ticket.isPlain,
    problem: ticket.problem,
  };
}
