import { chromium } from 'playwright-core';
import { findChromium } from '../scripts/chromium.ts';
import { makeStore, onCleanUp, type Spread, someOrder, spread, startDisplay, startServer } from './support.ts';

/** How long the board takes to open from the display's disk, without a server, in a store with many orders. */
export interface ColdOpen {
  orders: number;
  open: number;
  /** ms from opening the address until the first ticket is painted; the display program is running. */
  page: Spread;
  /** ms from starting the display program until it serves, with a cache of that size. */
  host: Spread;
}

/** @param options `orders` in the cache, `open` of them still open; each of `runs` is a new process and a new page */
export async function coldOpen(options: { orders: number; open: number; runs: number }): Promise<ColdOpen> {
  const server = await startServer();
  const { device } = await makeStore(server);
  const shop = await device('integration');
  const token = await device('display');
  const chunk = 50;
  for (let i = 0; i < options.orders; i += chunk)
    await Promise.all(
      Array.from({ length: Math.min(chunk, options.orders - i) }, (_, k) =>
        server.api('POST', '/orders', shop, {
          ...someOrder(i + k),
          status: i + k < options.open ? 'pending' : 'completed',
        }),
      ),
    );

  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  onCleanUp(() => browser.close());
  const first = await startDisplay(server.url, token);
  const fill = await browser.newPage();
  await fill.goto(first.address);
  await fill.waitForSelector('[data-testid=link][data-state=live]', { timeout: 60_000 });
  await fill.close();
  await first.stop();
  await server.stop();

  const page: number[] = [];
  const host: number[] = [];
  for (let i = 0; i < options.runs; i++) {
    const begin = performance.now();
    const display = await startDisplay(server.url, token, first.dir);
    host.push(performance.now() - begin);
    const tab = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    const from = performance.now();
    await tab.goto(display.address, { waitUntil: 'commit' });
    await tab.waitForSelector('[data-testid=ticket]');
    await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    page.push(performance.now() - from);
    const shown = await tab.locator('[data-testid=ticket]').count();
    if (shown < options.open) throw new Error(`${shown} tickets shown, ${options.open} are open`);
    await tab.close();
    await display.stop();
  }
  return { orders: options.orders, open: options.open, page: spread(page), host: spread(host) };
}
