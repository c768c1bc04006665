import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { freePort } from '#test/support/free-port.ts';
import { eventually } from '../support/waiting.ts';
import { DEVICE } from './fake-server.ts';

/** How long a display may take from its start until it says `display ready`, ms. */
const READY_WITHIN_MS = 60_000;

/** The program that is held against the contract, with a folder of its own and a browser before it. */
export interface Host {
  page: Page;
  /** The mark of section 8, as it is now. */
  link(): Promise<string | null>;
  ticket(orderId: string): Promise<{ status: string | null; pending: string | null } | null>;
  /** Presses the next step. */
  tap(orderId: string): Promise<void>;
  queueCount(): Promise<number>;
  /** As in a power cut; the folder stays. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts browsers and displays for one run of the suite. */
export async function createBench(command: readonly string[], executablePath: string) {
  const browser: Browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  return {
    host: (serverUrl: string): Promise<Host> => createHost(command, browser, serverUrl),
    close: (): Promise<void> => browser.close(),
  };
}

async function createHost(command: readonly string[], browser: Browser, serverUrl: string): Promise<Host> {
  const dir = mkdtempSync(join(tmpdir(), 'conformance-display-'));
  const port = await freePort();
  const context = await browser.newContext();
  const page = await context.newPage();
  const [program = '', ...first] = command;
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const args = ['--server', serverUrl, '--data', dir, '--port', String(port)];
    const env = { ...process.env, TICKETRAIL_TOKEN: DEVICE.token };
    const started = spawn(program, [...first, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
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
  async function kill(): Promise<void> {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    const gone = new Promise((done) => ending.once('exit', done));
    ending.kill('SIGKILL');
    await gone;
  }
  const marks = (orderId: string) => page.locator(`[data-testid=ticket][data-order-id="${orderId}"]`);

  await start();
  return {
    page,
    link: () => page.getByTestId('link').first().getAttribute('data-state'),
    // At one moment: a ticket may leave between two questions.
    ticket: (orderId) =>
      marks(orderId).evaluateAll(([ticket]) =>
        ticket ? { status: ticket.getAttribute('data-status'), pending: ticket.getAttribute('data-pending') } : null,
      ),
    tap: (orderId) => marks(orderId).getByTestId('ticket-action').first().click(),
    async queueCount() {
      const text = (await page.getByTestId('queue-count').first().textContent()) ?? '';
      return Number(/\d+/.exec(text)?.[0]);
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
