import type { WebContents } from 'electron';
import type { GoTo } from '#contract/desktop.ts';
import { IPC_PUSH } from '#contract/ipc.ts';

export type NavigationMailbox = ReturnType<typeof createNavigationMailbox>;

/** Sends `goTo` to a page, and holds it until the page's script runs: a link can start the program. */
export function createNavigationMailbox() {
  const ready = new WeakSet<WebContents>();
  const waiting = new WeakMap<WebContents, GoTo>();
  const known = new WeakSet<WebContents>();

  /** A page that reloads is not ready until its script runs again. */
  function follow(page: WebContents): void {
    if (known.has(page)) return;
    known.add(page);
    page.on('did-start-loading', () => ready.delete(page));
  }
  const push = (page: WebContents, goTo: GoTo) => page.send(IPC_PUSH, 'goTo', goTo);

  return {
    /** Delivers now, or when the page is ready; a later message replaces a waiting one. */
    send(page: WebContents, goTo: GoTo): void {
      if (ready.has(page)) push(page, goTo);
      else waiting.set(page, goTo);
    },
    /** The page's script runs: it has made its first call. */
    pageReady(page: WebContents): void {
      follow(page);
      ready.add(page);
      const goTo = waiting.get(page);
      waiting.delete(page);
      if (goTo) push(page, goTo);
    },
  };
}
