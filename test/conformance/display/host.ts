import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { freePort } from '#test/support/free-port.ts';
import { eventually } from '../support/waiting.ts';
import { TOKEN } from './fake-server.ts';

/** How long a display may take from its start until it prints `display ready`, ms. */
const READY_WITHIN_MS = 60_000;
/** The contract names no time for this; a browser on a busy machine needs some. */
const SHOWN_WITHIN_MS = 30_000;

export type Host = Awaited<ReturnType<typeof createHost>>;

/** The display under test, with a new data folder and its page in a browser, read by the marks of section 8. */
export async function createHost([program = '', ...first]: readonly string[], browser: Browser, serverUrl: string) {
  const dir = mkdtempSync(join(tmpdir(), 'conformance-display-'));
  const args = [...first, '--server', serverUrl, '--data', dir, '--port', String(await freePort())];
  const context = await browser.newContext();
  const page = await context.newPage();
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const env = { ...process.env, TICKETRAIL_TOKEN: TOKEN };
    const started = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    let output = '';
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
    const address = await eventually(
      'the display prints `display ready` and its address',
      () => {
        if (started.exitCode !== null) throw new Error(`the display ended with ${started.exitCode}: ${output}`);
        return /^display ready (\S+)/m.exec(output)?.[1];
      },
      READY_WITHIN_MS,
    );
    await page.goto(address);
    await page.getByTestId('board').waitFor();
  }
  /** As in a power cut; the folder stays. */
  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  const tickets = (orderId: string) => page.locator(`[data-testid=ticket][data-order-id="${orderId}"]`);
  const link = () => page.getByTestId('link').first().getAttribute('data-state');
  // At one moment: a ticket may leave between two questions.
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
    async says(state: string, withinMs = 40_000): Promise<void> {
      await eventually(`the link is ${state}`, async () => (await link()) === state, withinMs);
    },
    /** Waits until the ticket is there, in this status, with or without a tap that waits. */
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
