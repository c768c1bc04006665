import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { startBrowser } from '../start-browser.ts';
import { watchScreen } from './watch-screen.ts';
import type { Work } from './work-the-board.ts';

/** Measurements of a page while its board is at work. */
export interface Measured {
  /** ms between frames. */
  frames: number[];
  /** ms between frames of an empty page while the same changes are made: what the machine does to any page. */
  emptyFrames: number[];
  /** ms from each tap until after the frame that shows it. */
  taps: number[];
  /** ms of main-thread time in a second in which nothing changes. */
  idle: number;
  /** ms per change; only `task` excludes the idle board. */
  cost: Record<'task' | 'script' | 'style' | 'layout', number>;
}

const IDLE_SECONDS = 5;
const EMPTY_SECONDS = 20;
/** How long the first changes warm up the page, which in service runs for days. */
const WARM_UP_SECONDS = 5;
const TAP_EVERY_MS = 250;
const VIEWPORT = { width: 1280, height: 800 };
/** A cook is at the screen, where tickets keep their places, for so long, and then away for so long, when they close up. */
export const AT_THE_SCREEN_MS = 5_000;

/** Opens a page with so many tickets in Chromium, changes its orders while tapping items, and reads the counters. */
export async function measurePage(
  address: string,
  options: { open: number; changesPerSecond: number; seconds: number },
  workBoard: (changesPerSecond: number, seconds: number) => Promise<Work>,
): Promise<Measured> {
  const browser = await startBrowser();
  const emptyFrames = await watchEmptyPage(browser, () => workBoard(options.changesPerSecond, EMPTY_SECONDS));
  const page = await (await browser.newContext({ viewport: VIEWPORT })).newPage();
  await page.addInitScript(watchScreen);
  await page.goto(address);
  await page.waitForSelector('[data-testid=link][data-state=live]', { timeout: 30_000 });
  await page.waitForFunction((n) => document.querySelectorAll('[data-testid=ticket]').length >= n, options.open);
  await workBoard(options.changesPerSecond, WARM_UP_SECONDS);
  await sleep(1_000);

  const counters = await page.context().newCDPSession(page);
  await counters.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await costNow(counters);
  await sleep(IDLE_SECONDS * 1_000);
  const between = await costNow(counters);
  const idle = (between.task - before.task) / IDLE_SECONDS;

  await page.evaluate(() => window.screenWatch.begin());
  const tapping = tap(page, options.seconds);
  const work = await workBoard(options.changesPerSecond, options.seconds);
  await tapping;
  const after = await costNow(counters);
  const { frames, taps } = await page.evaluate(() => window.screenWatch.end());
  await browser.close();
  const perChange = (key: keyof typeof after) => (after[key] - between[key]) / work.changes;
  return {
    frames,
    emptyFrames,
    taps,
    idle,
    cost: {
      task: perChange('task') - (idle * work.seconds) / work.changes,
      script: perChange('script'),
      style: perChange('style'),
      layout: perChange('layout'),
    },
  };
}

/** ms between the frames of an empty page during `work`. */
async function watchEmptyPage(browser: Browser, work: () => Promise<unknown>): Promise<number[]> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.evaluate(watchScreen);
  await page.evaluate(() => window.screenWatch.begin());
  await work();
  const { frames } = await page.evaluate(() => window.screenWatch.end());
  await page.close();
  return frames;
}

/** Taps a visible item four times a second, while at the screen. */
async function tap(page: Page, seconds: number): Promise<void> {
  const begin = performance.now();
  for (let i = 0; performance.now() < begin + seconds * 1_000; i++) {
    await sleep(TAP_EVERY_MS);
    if ((performance.now() - begin) % (2 * AT_THE_SCREEN_MS) > AT_THE_SCREEN_MS) continue;
    // Tickets that have just moved ignore taps; from here on they stay where they are.
    await page.mouse.move(2 + (i % 2), 2);
    const place = await page.evaluate((turn) => window.screenWatch.somewhere(turn), i);
    if (place) await page.mouse.click(place.x, place.y);
  }
}

/** Main-thread times so far, ms. */
async function costNow(counters: CDPSession) {
  const { metrics } = await counters.send('Performance.getMetrics');
  const ms = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1_000;
  return {
    task: ms('TaskDuration'),
    script: ms('ScriptDuration'),
    style: ms('RecalcStyleDuration'),
    layout: ms('LayoutDuration'),
  };
}
