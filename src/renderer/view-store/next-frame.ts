import type { Undo } from '#contract/bridge.ts';

/** A page in sight may have no frames, such as under another window; then this long counts as one, ms. */
const FRAME_WITHIN_MS = 100;

/** What gives a page its frames. */
export type Painted = Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame' | 'setTimeout' | 'clearTimeout'> & {
  document: Pick<Document, 'hidden'>;
};

/**
 * Runs something once, before the page's next paint. A hidden page is not painted, and its timers may be a second late: there,
 * it runs at the end of the task, so that an order rings at once (A1).
 */
export function nextFrame(page: Painted, run: () => void): Undo {
  let ended = false;
  let frame: number | undefined;
  let timer: number | undefined;
  const undo = (): void => {
    ended = true;
    if (frame !== undefined) page.cancelAnimationFrame(frame);
    page.clearTimeout(timer);
  };
  const once = (): void => {
    if (ended) return;
    undo();
    run();
  };
  if (page.document.hidden) queueMicrotask(once);
  else {
    frame = page.requestAnimationFrame(once);
    timer = page.setTimeout(once, FRAME_WITHIN_MS);
  }
  return undo;
}
