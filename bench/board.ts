import { loadavg } from 'node:os';
import { feedPage } from './board/feed-page.ts';
import { AT_THE_SCREEN_MS, type Measured, measurePage } from './board/measure-page.ts';
import { workTheBoard } from './board/work-the-board.ts';
import { startTicketrail } from './subjects/ticketrail.ts';
import { type Spread, spread, startDisplay } from './support.ts';

/**
 * A full board at work in Chromium: orders are placed, moved on, paid and completed while a finger taps items. The same changes
 * with few tickets open show whether the cost follows what changed or what is open. `page_ms_per_change` is the page's thread
 * time from Chromium's counters, which other load does not affect. It does affect frames and taps, because everything runs on
 * one machine.
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
  /** Numbers of open tickets, one run each; the others are compared with the first. */
  open: number[];
  changesPerSecond: number;
  seconds: number;
}

/** The whole product: server, browser host and disk; a tap is durable (C1) before it is shown. */
export async function board(options: BoardOptions): Promise<BoardBench> {
  return compare(options, async (open) => {
    const server = await startTicketrail();
    const { addDevice } = await server.addStore(0);
    const shop = await addDevice('integration');
    const host = await startDisplay(server.url(0), await addDevice('display'));
    const kitchen = await workTheBoard(server, shop, open);
    const measured = await measurePage(host.address, { ...options, open }, kitchen.work);
    await host.stop();
    await server.stop();
    return measured;
  });
}

/** The page alone, fed from memory over the real bridge: what the screen can do without other load. */
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
    const { frames, emptyFrames, taps, cost, idle } = await run(count);
    few ??= cost.task;
    Object.assign(result, {
      /** ms between two frames; at best 16.7 on a screen of 60 Hz. */
      [`frame_${count}`]: spread(frames),
      [`late_frames_${count}`]: lateOf(frames),
      /** Of those while a cook is at the screen; once it is left alone, all tickets close up at once. */
      [`late_frames_at_the_screen_${count}`]: lateOf(atTheScreen(frames)),
      /** Of an empty page in the same browser, while the same changes are made. */
      [`late_frames_empty_${count}`]: lateOf(emptyFrames),
      /** ms from a tap on an item until after the frame that shows it ticked. */
      [`tap_${count}`]: spread(taps),
      /** ms of main-thread time for one change: script, style, layout, paint; less that of an idle board. */
      [`page_ms_per_change_${count}`]: rounded(cost.task),
      /** Relative to the first run: 1 when the cost depends only on what changed. */
      [`cost_ratio_${count}`]: rounded(cost.task / few),
      [`script_ms_${count}`]: rounded(cost.script),
      [`style_ms_${count}`]: rounded(cost.style),
      [`layout_ms_${count}`]: rounded(cost.layout),
      /** ms of main-thread time in a second in which nothing changes and the ages count up. */
      [`idle_ms_per_second_${count}`]: rounded(idle),
    });
  }
  return result;
}

/** The frames of the times when the screen is touched. */
function atTheScreen(frames: number[]): number[] {
  let time = 0;
  return frames.filter((ms) => {
    time += ms;
    return time % (2 * AT_THE_SCREEN_MS) < AT_THE_SCREEN_MS;
  });
}

/** The share of frames that came late. */
const lateOf = (frames: number[]): number => rounded(frames.filter((ms) => ms > LATE_FRAME_MS).length / frames.length);

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
