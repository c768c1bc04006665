import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { fillDatabase } from '../fill-database.ts';
import { startBrowser } from '../start-browser.ts';
import { startTicketrail } from '../subjects/ticketrail.ts';
import { spread, startDisplay, temporaryFolder } from '../support.ts';
import type { Part, Started } from './load.ts';

/** A turn of {@link coldOpen}, ms. */
export interface ColdOpenTurn {
  /** From opening the address until the first ticket is painted; the display program is running. */
  page: number;
  /** From starting the display program until it serves. */
  host: number;
}

/** A display that has fetched everything, and whose server has ended. */
interface FilledDisplay extends Started {
  url: string;
  token: string;
  dir: string;
  browser: Browser;
}

const ORDERS = { '100 orders': 100, '10,000 orders': 10_000, '100,000 orders': 100_000 };
type Size = keyof typeof ORDERS;
const OPEN = 60;
/** A first display fetches so many orders within this, ms. */
const FETCHED_WITHIN_MS = 300_000;

/** F: how long the board takes to open from the display's disk, without a server. */
export const coldOpen: Part<ColdOpenTurn, Size, FilledDisplay> = {
  title: 'Opening from disk',
  what: `A display with orders on its disk, ${OPEN} of them open, and no server: from opening the page until its tickets are painted. Each turn is a new process and a new page.`,
  subjects: Object.keys(ORDERS) as Size[],
  rounds: 5,
  turns: 1,
  async start(size) {
    const folder = await temporaryFolder();
    const [token = ''] = await fillDatabase(join(folder, 'server.db'), {
      orders: ORDERS[size],
      open: OPEN,
      displays: 1,
    });
    const server = await startTicketrail({ folder });
    const url = server.url(0);
    const { address, dir, stop } = await startDisplay(url, token);
    const browser = await startBrowser();
    const page = await browser.newPage();
    await page.goto(address);
    await page.waitForSelector('[data-testid=link][data-state=live]', { timeout: FETCHED_WITHIN_MS });
    await page.close();
    await stop();
    await server.stop();
    return { url, token, dir, browser, profiles: [], stop: () => browser.close() };
  },
  begin: async (display) => () => openOnce(display),
  figuresOf(turns) {
    const median = (of: keyof ColdOpenTurn) => spread(turns.map((turn) => turn[of])).p50;
    return { page_opened_ms: median('page'), program_started_ms: median('host') };
  },
  aims: [
    {
      what: 'time to open with 100,000 orders, of that with 100',
      of: ['100,000 orders', 'page_opened_ms'],
      than: ['100 orders', 'page_opened_ms'],
      bound: { atMost: 1.2 },
    },
  ],
  profiled: [],
};

async function openOnce({ url, token, dir, browser }: FilledDisplay): Promise<ColdOpenTurn> {
  const begin = performance.now();
  const display = await startDisplay(url, token, dir);
  const host = performance.now() - begin;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const tab = await context.newPage();
  const from = performance.now();
  await tab.goto(display.address, { waitUntil: 'commit' });
  await tab.waitForSelector('[data-testid=ticket]');
  await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const page = performance.now() - from;
  const shown = await tab.locator('[data-testid=ticket]').count();
  if (shown < OPEN) throw new Error(`${shown} tickets shown, ${OPEN} are open`);
  await context.close();
  await display.stop();
  return { page, host };
}
