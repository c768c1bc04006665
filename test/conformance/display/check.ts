import { eventually } from '../support/waiting.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import type { createBench, Host } from './host.ts';

/** The contract names no time for this; a browser on a busy machine needs some. */
const SHOWN_WITHIN_MS = 30_000;

/** A display and a fake server, both new for each check. */
export interface Trial {
  server: FakeServer;
  host: Host;
  /** Waits until the display says so (section 8, `link`). */
  says(state: string, withinMs?: number): Promise<void>;
  /** Waits until the ticket is there, and as it is wanted. */
  shows(orderId: string, status: string, pending?: boolean): Promise<void>;
}
export type DisplayCheck = (trial: Trial) => Promise<void>;

/** Runs one check against an empty server. Rejects when it fails. */
export async function runDisplayCheck(bench: Awaited<ReturnType<typeof createBench>>, check: DisplayCheck) {
  const server = await startFakeServer();
  let host: Host | null = null;
  try {
    const opened = await bench.host(server.url);
    host = opened;
    await check({
      server,
      host: opened,
      says: async (state, withinMs = 20_000) => {
        await eventually(`the link is ${state}`, async () => (await opened.link()) === state, withinMs);
      },
      shows: async (orderId, status, pending = false) => {
        await eventually(
          `the ticket is ${status}, ${pending ? 'with' : 'without'} an intent that waits`,
          async () => {
            const ticket = await opened.ticket(orderId);
            return ticket?.status === status && ticket.pending === String(pending);
          },
          SHOWN_WITHIN_MS,
        );
      },
    });
  } finally {
    await host?.close();
    await server.close();
  }
}
