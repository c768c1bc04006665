import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { freePort } from '#test/support/free-port.ts';
import { type Program, startCommand } from '#test/support/program.ts';
import { eventually } from '../support/expect.ts';
import { type FakeServer, startFakeServer, TOKEN } from './fake-server.ts';

/** Time limit from a display's start until it prints `display ready`, ms. */
const READY_WITHIN_MS = 60_000;
/** The contract sets no time for this; a browser on a busy machine needs some. */
const SHOWN_WITHIN_MS = 30_000;

type Host = Awaited<ReturnType<typeof createHost>>;

/** The display under test, with a new data folder and its page in a browser, read by the marks of section 8. */
async function createHost(command: readonly string[], browser: Browser, serverUrl: string) {
  const dir = mkdtempSync(join(tmpdir(), 'conformance-display-'));
  const args = ['--server', serverUrl, '--data', dir, '--port', String(await freePort())];
  const context = await browser.newContext();
  const page = await context.newPage();
  let program: Program | undefined;

  async function start(): Promise<void> {
    const surroundings = { env: { TICKETRAIL_TOKEN: TOKEN }, readyWithinMs: READY_WITHIN_MS };
    const address = (output: string) => /^display ready (\S+)/m.exec(output)?.[1] ?? null;
    const started = await startCommand([...command, ...args], surroundings, address);
    program = started;
    await page.goto(started.ready);
    await page.getByTestId('board').waitFor();
  }
  /** Kills it as a power cut does; the folder stays. */
  const kill = async (): Promise<void> => program?.stop('SIGKILL');

  const tickets = (orderId: string) => page.locator(`[data-testid=ticket][data-order-id="${orderId}"]`);
  const link = () => page.getByTestId('link').first().getAttribute('data-state');
  // Read both at once: a ticket may leave between two calls.
  const ticket = (orderId: string) =>
    tickets(orderId).evaluateAll(([first]) =>
      first ? { status: first.getAttribute('data-status'), pending: first.getAttribute('data-pending') } : null,
    );

  await start();
  return {
    page,
    tickets,
    link,
    ticket,
    /** Presses the next step. */
    tap: (orderId: string) => tickets(orderId).getByTestId('ticket-action').first().click(),
    async waits(count: number): Promise<void> {
      const shown = async () => (await page.getByTestId('queue-count').first().textContent()) ?? '';
      await eventually(`${count} taps wait`, async () => Number(/\d+/.exec(await shown())?.[0]) === count, 40_000);
    },
    /** Waits until the link is in this state. */
    async showsLink(state: string, withinMs = 40_000): Promise<void> {
      await eventually(`the link is ${state}`, async () => (await link()) === state, withinMs);
    },
    /** Waits until the ticket is there, in this status, with or without an unanswered tap. */
    async shows(orderId: string, status: string, pending = false): Promise<void> {
      const isShown = async () => {
        const seen = await ticket(orderId);
        return seen?.status === status && seen.pending === String(pending);
      };
      await eventually(`the ticket is ${status}, ${pending ? 'with' : 'without'} a tap`, isShown, SHOWN_WITHIN_MS);
    },
    kill,
    start,
    async close() {
      await kill();
      await context.close();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A live display and a fake server, both new for each check. */
export interface Trial {
  server: FakeServer;
  host: Host;
}
export type DisplayCheck = (trial: Trial) => Promise<void>;

/** Runs one check against an empty server. Rejects when it fails. */
export async function runDisplayCheck(command: readonly string[], browser: Browser, check: DisplayCheck) {
  const server = await startFakeServer();
  let host: Host | undefined;
  try {
    host = await createHost(command, browser, server.url);
    await host.showsLink('live', 20_000);
    await check({ server, host });
  } finally {
    await host?.close();
    await server.close();
  }
}

/** A new order that is on the screen. */
export async function placed({ server, host }: Trial) {
  const order = server.place();
  await host.shows(order.id, 'pending');
  return order;
}
