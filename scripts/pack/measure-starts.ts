import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { type DisplayOptions, type Running, runInBrowser, runInElectron } from '../../test/e2e/support/display.ts';
import { measureStart, type Start } from '../../test/e2e/support/measure-start.ts';
import { createServer } from '../../test/e2e/support/server.ts';
import { createShop } from '../../test/e2e/support/shop.ts';
import { findChromium } from '../chromium.ts';

/**
 * The median of each phase over several starts of one display, whose board is on its disk and whose server answers.
 *
 * @param electron its binary; null: measures the browser host with a page in Chromium
 */
export async function measureStarts(electron: string | null, count: number): Promise<Start> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-starts-'));
  const browser = electron ? null : await chromium.launch({ executablePath: await findChromium() });
  const server = await createServer(dir);
  try {
    const shop = await createShop(server.url);
    await shop.order();
    const token = await shop.displayToken('Pass');
    const options: DisplayOptions = { serverUrl: server.url, token, dir: join(dir, 'display') };
    const starts: Start[] = [];
    // The first one fills the display's disk, and is not counted.
    while (starts.length <= count) {
      let running: Running | undefined;
      starts.push(
        await measureStart(async () => {
          running = browser ? await runInBrowser(browser, options) : await runInElectron(electron ?? '', options);
          return running;
        }),
      );
      await running?.close();
    }
    const median = (phase: keyof Start): number =>
      starts
        .slice(1)
        .map((start) => start[phase])
        .toSorted((a, b) => a - b)[Math.floor(count / 2)] ?? 0;
    return { program: median('program'), page: median('page'), ticket: median('ticket') };
  } finally {
    await server.stop();
    await browser?.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
