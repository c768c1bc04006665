import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { findChromium } from '../scripts/chromium.ts';
import { watchScreen } from './board/watch-screen.ts';
import { type Work, workTheBoard } from './board/work-the-board.ts';
import { makeStore, onCleanUp, type Spread, spread, startDisplay, startServer } from './support.ts';

/**
 * What a full board costs its page: real server, real host, Chromium; orders are placed, moved on, paid and completed all
 * the time while a finger taps items. The same changes with few tickets open show whether the cost follows what changed or
 * what is open. Everything runs on one machine, so frames and taps also wait for the server and the host; what the page's
 * own thread did (`page_*`, from Chromium's counters) does not.
 */
export interface BoardBench {
  open: number;
  few: number;
  changesPerSecond: number;
  seconds: number;
  /** Processes that wanted a core when it began (`loadavg`): with more than there are cores, frames and taps tell of them. */
  load: number;
  /** ms between two frames; a screen of 60 Hz gives 16.7 at the best. */
  frame: Spread;
  frame_few: Spread;
  /** Share of the frames that came later than 25 ms after the last: one that the eye can miss. */
  late_frames: number;
  late_frames_few: number;
  /** ms from a tap on an item until after the frame that shows it ticked; on disk before that (C1). */
  tap: Spread;
  tap_few: Spread;
  /** ms of processor time of the page's main thread for one change: script, style, layout, paint, everything; an idle board taken off. */
  page_ms_per_change: number;
  page_ms_per_change_few: number;
  /** The first by the second: 1 when cost follows what changed alone. */
  cost_ratio: number;
  /** Of those ms, with many tickets open. */
  script_ms: number;
  style_ms: number;
  layout_ms: number;
  /** ms of the main thread in a second in which nothing changes and the ages count up. */
  idle_ms_per_second: number;
  idle_ms_per_second_few: number;
}

interface Run {
  frames: number[];
  taps: number[];
  work: Work;
  idle: number;
  /** ms per change, the idle board taken off `task` only. */
  cost: Record<'task' | 'script' | 'style' | 'layout', number>;
}

const IDLE_SECONDS = 5;
const LATE_FRAME_MS = 25;

export async function board(options: {
  open: number;
  few: number;
  changesPerSecond: number;
  seconds: number;
}): Promise<BoardBench> {
  const load = rounded(loadavg()[0] ?? 0);
  const many = await run({ ...options, open: options.open });
  const few = await run({ ...options, open: options.few });
  const late = (frames: number[]) => frames.filter((ms) => ms > LATE_FRAME_MS).length / frames.length;
  return {
    ...options,
    load,
    frame: spread(many.frames),
    frame_few: spread(few.frames),
    late_frames: rounded(late(many.frames)),
    late_frames_few: rounded(late(few.frames)),
    tap: spread(many.taps),
    tap_few: spread(few.taps),
    page_ms_per_change: rounded(many.cost.task),
    page_ms_per_change_few: rounded(few.cost.task),
    cost_ratio: rounded(many.cost.task / few.cost.task),
    script_ms: rounded(many.cost.script),
    style_ms: rounded(many.cost.style),
    layout_ms: rounded(many.cost.layout),
    idle_ms_per_second: rounded(many.idle),
    idle_ms_per_second_few: rounded(few.idle),
  };
}

async function run(options: { open: number; changesPerSecond: number; seconds: number }): Promise<Run> {
  const server = await startServer();
  const { device } = await makeStore(server);
  const shop = await device('integration');
  const host = await startDisplay(server.url, await device('display'));
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  onCleanUp(() => browser.close());
  const kitchen = await workTheBoard(server, shop, options.open);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.addInitScript(watchScreen);
  await page.goto(host.address);
  await page.waitForSelector('[data-testid=link][data-state=live]', { timeout: 30_000 });
  await page.waitForFunction((n) => document.querySelectorAll('[data-testid=ticket]').length >= n, options.open);
  await sleep(2_000);

  const counters = await page.context().newCDPSession(page);
  await counters.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await costNow(counters);
  await sleep(IDLE_SECONDS * 1_000);
  const between = await costNow(counters);
  const idle = (between.task - before.task) / IDLE_SECONDS;

  await page.evaluate(() => window.screenWatch.begin());
  const tapping = tap(page, options.seconds);
  const work = await kitchen.work(options.changesPerSecond, options.seconds);
  await tapping;
  const after = await costNow(counters);
  const { frames, taps } = await page.evaluate(() => window.screenWatch.end());
  await browser.close();
  await host.kill();
  await server.kill();
  const perChange = (key: keyof typeof after) => (after[key] - between[key]) / work.changes;
  return {
    frames,
    taps,
    work,
    idle,
    cost: {
      task: perChange('task') - (idle * work.seconds) / work.changes,
      script: perChange('script'),
      style: perChange('style'),
      layout: perChange('layout'),
    },
  };
}

/** Taps the items that are in sight, twice a second. */
async function tap(page: Page, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  for (let i = 0; performance.now() < end; i++) {
    const place = await page.evaluate((turn) => window.screenWatch.somewhere(turn), i);
    if (place) await page.mouse.click(place.x, place.y);
    await sleep(500);
  }
}

/** Of the page's main thread so far, ms. */
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

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
