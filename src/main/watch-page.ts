import type { WebContents } from 'electron';
import type { Undo } from '#contract/bridge.ts';
import type { Log } from '#core/ports.ts';

/** A page is asked this often whether it still runs, ms, and ended when it has not answered so many times in a row. */
const ASK_EVERY_MS = 10_000;
const UNANSWERED = 3;

type Page = Pick<
  WebContents,
  'executeJavaScript' | 'forcefullyCrashRenderer' | 'isCrashed' | 'isDestroyed' | 'isLoadingMainFrame' | 'off' | 'on'
>;

/**
 * Ends a page that hangs, so that it comes back as one that is gone (`render-process-gone`). Chromium itself notices
 * only while somebody touches the screen; a board that nobody touches may stand still and look right.
 */
export function watchPage(page: Page, log: Log): Undo {
  let unanswered = 0;
  const answered = (): void => {
    unanswered = 0;
  };
  const unresponsive = (): void => {
    unanswered = UNANSWERED;
  };
  page.on('unresponsive', unresponsive);
  page.on('responsive', answered);

  const timer = setInterval(() => {
    if (page.isDestroyed()) return stop();
    if (page.isCrashed() || page.isLoadingMainFrame()) return answered();
    if (unanswered >= UNANSWERED) {
      log.error('the page does not answer: it is ended, and loaded again');
      answered();
      return page.forcefullyCrashRenderer();
    }
    unanswered++;
    page.executeJavaScript('0').then(answered, answered);
  }, ASK_EVERY_MS);
  timer.unref();

  function stop(): void {
    clearInterval(timer);
    page.off('unresponsive', unresponsive);
    page.off('responsive', answered);
  }
  return stop;
}
