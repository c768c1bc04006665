import { isIP } from 'node:net';
import { z } from 'zod';
import { catchTickets } from '#capture/catch-tickets.ts';
import { codePageNamed } from '#capture/code-pages.ts';
import type { KeptJob } from '#capture/kept-job.ts';
import { mapTicket } from '#capture/map-ticket.ts';
import type { Printed } from '#capture/printed.ts';
import type { Ticket } from '#capture/read-ticket.ts';
import { Layout } from '#contract/caught-job.ts';
import { optional } from '#contract/field-types.ts';
import type { Adapter, JobStore, TheirOrder } from '../adapter.ts';
import { createTicketReader } from './create-ticket-reader.ts';

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
  open: ({ settings, store }) => ({ listen: (take, jobs) => listen(settings, store.currency, take, jobs) }),
};

async function listen(
  { port, host = '127.0.0.1', layout = 'generic' }: Settings,
  currency: string,
  take: (orders: readonly TheirOrder[]) => Promise<void>,
  jobs: JobStore,
): Promise<() => Promise<void>> {
  const reader = createTicketReader();
  const read = async (lines: Printed['lines']) => (await reader.read([lines], layout))[0] as Ticket;
  try {
    for (const job of await jobs.waiting()) await order(job, await read(job.printed.lines));
    const end = await catchTickets({ host, port, layout, read, keep: jobs.keep, kept: order, refused });
    return async () => {
      await end();
      await reader.close();
    };
  } catch (error) {
    await reader.close();
    throw error;
  }

  async function order({ id, at, printed }: KeptJob, ticket: Ticket): Promise<void> {
    const draft = mapTicket(ticket, printed, at, currency);
    await take([{ id, mark: at, state: { kind: 'order', draft, status: 'pending', theirStatus: 'printed' } }]);
    await jobs.done(id);
  }

  function refused(what: 'picture' | 'noise', from: string): Promise<void> {
    return jobs.refused(
      what === 'picture'
        ? 'The till printed only a picture, which cannot be read. If it was a ticket, set the till to print text.'
        : `What came from ${from} is no ticket of a till. It was not taken.`,
    );
  }
}
