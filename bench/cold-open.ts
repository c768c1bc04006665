import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../scripts/chromium.ts';
import { fillDatabase } from './fill-database.ts';
import { onCleanUp, type Spread, spread, startDisplay, startServer, temporaryFolder } from './support.ts';

/**
 * How long the board takes to open from the display's disk, without a server, in stores with few and many orders; as many
 * are open in each.
 */
export interface ColdOpen {
  open: number;
  runs: number;
  /** `page_<orders>`: ms from opening the address until the first ticket is painted; the display program is running. */
  /** `host_<orders>`: ms from starting the display program until it serves, with a cache of that size. */
  /** `page_ratio`: of the most orders to the fewest, medians. */
  [figure: `${'page' | 'host'}_${number}`]: Spread;
  page_ratio: number;
}

/** A first display fetches so many orders within this, ms. */
const FETCHED_WITHIN_MS = 300_000;

/** @param options `orders` in the cache, for each of these numbers, `open` of them still open; each of `runs` is a new process and a new page */
export async function coldOpen({
  orders,
  open,
  runs,
}: {
  orders: number[];
  open: number;
  runs: number;
}): Promise<ColdOpen> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  onCleanUp(() => browser.close());
  const displays = [];
  for (const count of orders) displays.push({ count, ...(await filledDisplay(browser, count, open)) });

  const taken = new Map(orders.map((count) => [count, { page: [] as number[], host: [] as number[] }]));
  for (let run = 0; run < runs; run++)
    for (const { count, ...display } of displays) {
      const { page, host } = await openOnce(browser, display, open);
      taken.get(count)?.page.push(page);
      taken.get(count)?.host.push(host);
    }
  const figures: ColdOpen = { open, runs, page_ratio: Number.NaN };
  for (const [count, { page, host }] of taken) {
    figures[`page_${count}`] = spread(page);
    figures[`host_${count}`] = spread(host);
  }
  const median = (count = 0) => figures[`page_${count}`]?.p50 ?? Number.NaN;
  figures.page_ratio = median(orders.at(-1)) / median(orders[0]);
  return figures;
}

/** A display that has fetched everything, and whose server has ended. */
async function filledDisplay(browser: Browser, orders: number, open: number) {
  const folder = await temporaryFolder();
  const [token = ''] = await fillDatabase(join(folder, 'server.db'), { orders, open, displays: 1 });
  const server = await startServer(folder);
  const { address, dir, stop } = await startDisplay(server.url, token);
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForSelector('[data-testid=link][data-state=live]', { timeout: FETCHED_WITHIN_MS });
  await page.close();
  await stop();
  await server.stop();
  return { url: server.url, token, dir };
}

async function openOnce(
  browser: Browser,
  { url, token, dir }: { url: string; token: string; dir: string },
  open: number,
): Promise<{ page: number; host: number }> {
  const begin = performance.now();
  const display = await startDisplay(url, token, dir);
  const host = performance.now() - begin;
  const tab = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const from = performance.now();
  await tab.goto(display.address, { waitUntil: 'commit' });
  await tab.waitForSelector('[data-testid=ticket]');
  await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const page = performance.now() - from;
  const shown = await tab.locator('[data-testid=ticket]').count();
  if (shown < open) throw new Error(`${shown} tickets shown, ${open} are open`);
  await tab.close();
  await display.stop();
  return { page, host };
}
