import type { WebContents } from 'electron';
import type { Log } from '#core/ports.ts';

/** How often a page is pinged, ms, and how many unanswered pings in a row kill it. */
const PING_EVERY_MS = 10_000;
const MAX_UNANSWERED = 3;

type Page = Pick<
  WebContents,
  'executeJavaScript' | 'forcefullyCrashRenderer' | 'isCrashed' | 'isDestroyed' | 'isLoadingMainFrame' | 'off' | 'on'
>;

/**
 * Kills a frozen page, so that the recovery reloads it (`render-process-gone`). Chromium notices a frozen page only while
 * somebody touches the screen.
 */
export function watchPage(page: Page, log: Log): void {
  let unanswered = 0;
  const answered = (): void => {
    unanswered = 0;
  };
  const unresponsive = (): void => {
    unanswered = MAX_UNANSWERED;
  };
  page.on('unresponsive', unresponsive);
  page.on('responsive', answered);

  const timer = setInterval(() => {
    if (page.isDestroyed()) return stop();
    if (page.isCrashed() || page.isLoadingMainFrame()) return answered();
    if (unanswered >= MAX_UNANSWERED) {
      log.error('the page does not answer: it is ended, and loaded again');
      answered();
      return page.forcefullyCrashRenderer();
    }
    unanswered++;
    page.executeJavaScript('0').then(answered, answered);
  }, PING_EVERY_MS);
  timer.unref();

  function stop(): void {
    clearInterval(timer);
    page.off('unresponsive', unresponsive);
    page.off('responsive', answered);
  }
}
