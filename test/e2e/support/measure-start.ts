import type { Running } from './display.ts';

/** How far a start had got, ms after it began. */
export interface Start {
  /** The program runs: its log begins. */
  program: number;
  /** Its page begins. In Electron its window exists; in a browser its address has been opened. */
  page: number;
  /** The page shows a ticket. */
  ticket: number;
}

/** Times of a start, from what the program logs and from the page's own clock. Waits for a ticket. */
export async function measureStart(start: () => Promise<Pick<Running, 'page' | 'log'>>): Promise<Start> {
  const began = Date.now();
  const { page, log } = await start();
  // Asked before each frame, so that it is at most a frame late.
  const shown = await page.waitForFunction(
    () => document.querySelector('[data-testid=ticket]') && performance.timeOrigin + performance.now(),
  );
  const program = [...log().matchAll(/(\d{4}-\d\d-\d\d[T ][\d:.]+Z?)\]?.* the display starts/g)].at(-1)?.[1] ?? '';
  const pageBegan = await page.evaluate(() => performance.timeOrigin);
  const since = (time: number): number => Math.round(time - began);
  return {
    program: since(Date.parse(program)),
    page: since(pageBegan),
    ticket: since(Number(await shown.jsonValue())),
  };
}
