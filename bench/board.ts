import { loadavg } from 'node:os';
import { feedPage } from './board/feed-page.ts';
import { type Measured, measurePage } from './board/measure-page.ts';
import { workTheBoard } from './board/work-the-board.ts';
import { makeStore, type Spread, spread, startDisplay, startServer } from './support.ts';

/**
 * A full board at work in Chromium: orders are placed, moved on, paid and completed all the time while a finger taps items.
 * The same changes with few tickets open show whether the cost follows what changed or what is open: `page_ms_per_change`
 * is the time of the page's thread, from Chromium's counters, and does not depend on other load. Frames and taps do: everything
 * runs on one machine.
 */
export interface BoardBench {
  changesPerSecond: number;
  seconds: number;
  /** Load average at the start. Above the number of cores, frames and taps include the other load. */
  load: number;
  [figure: `${string}_${number}`]: Spread | number;
}

/** A visible delay between two frames, ms. */
const LATE_FRAME_MS = 25;

interface BoardOptions {
  /** Numbers of open tickets, one run each; the first is what the others are held against. */
  open: number[];
  changesPerSecond: number;
  seconds: number;
}

/** The whole product: server, browser host and disk; a tap is durable (C1) before it is shown. */
export async function board(options: BoardOptions): Promise<BoardBench> {
  return compare(options, async (open) => {
    const server = await startServer();
    const { device } = await makeStore(server);
    const shop = await device('integration');
    const host = await startDisplay(server.url, await device('display'));
    const kitchen = await workTheBoard(server, shop, open);
    const measured = await measurePage(host.address, { ...options, open }, kitchen.work);
    await host.stop();
    await server.stop();
    return measured;
  });
}

/** The page alone, over the real bridge from memory: what the screen itself can do without other load. */
export async function boardPage(options: BoardOptions): Promise<BoardBench> {
  return compare(options, async (open) => {
    const feed = await feedPage(open);
    const measured = await measurePage(feed.address, { ...options, open }, feed.work);
    await feed.close();
    return measured;
  });
}

async function compare(
  { open, changesPerSecond, seconds }: BoardOptions,
  run: (open: number) => Promise<Measured>,
): Promise<BoardBench> {
  const result: BoardBench = { changesPerSecond, seconds, load: rounded(loadavg()[0] ?? 0) };
  let few: number | null = null;
  for (const count of open) {
    const { frames, taps, cost, idle } = await run(count);
    few ??= cost.task;
    Object.assign(result, {
      /** ms between two frames; a screen of 60 Hz gives 16.7 at the best. */
      [`frame_${count}`]: spread(frames),
      [`late_frames_${count}`]: rounded(frames.filter((ms) => ms > LATE_FRAME_MS).length / frames.length),
      /** ms from a tap on an item until after the frame that shows it ticked. */
      [`tap_${count}`]: spread(taps),
      /** ms of processor time of the page's main thread for one change: script, style, layout, paint; an idle board taken off. */
      [`page_ms_per_change_${count}`]: rounded(cost.task),
      /** By that of the first run: 1 when cost follows what changed alone. */
      [`cost_ratio_${count}`]: rounded(cost.task / few),
      [`script_ms_${count}`]: rounded(cost.script),
      [`style_ms_${count}`]: rounded(cost.style),
      [`layout_ms_${count}`]: rounded(cost.layout),
      /** ms of the main thread in a second in which nothing changes and the ages count up. */
      [`idle_ms_per_second_${count}`]: rounded(idle),
    });
  }
  return result;
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
