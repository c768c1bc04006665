import type { WebContents } from 'electron';
import type { GoTo } from '#contract/desktop.ts';
import { IPC_PUSH } from '#contract/ipc.ts';

export interface PageMail {
  /** At once, or as soon as the page listens; of several before that, the last. */
  send(page: WebContents, goTo: GoTo): void;
  /** The page has asked something: its script runs, and it listens. */
  heard(page: WebContents): void;
}

/** Sends one page somewhere. A link can start the program, and then there is no page yet that could go. */
export function createPageMail(): PageMail {
  const listening = new WeakSet<WebContents>();
  const waiting = new WeakMap<WebContents, GoTo>();
  const known = new WeakSet<WebContents>();

  /** A page that is loaded anew listens anew. */
  function follow(page: WebContents): void {
    if (known.has(page)) return;
    known.add(page);
    page.on('did-start-loading', () => listening.delete(page));
  }
  const push = (page: WebContents, goTo: GoTo) => page.send(IPC_PUSH, 'goTo', goTo);

  return {
    send(page, goTo) {
      if (listening.has(page)) push(page, goTo);
      else waiting.set(page, goTo);
    },
    heard(page) {
      follow(page);
      listening.add(page);
      const goTo = waiting.get(page);
      waiting.delete(page);
      if (goTo) push(page, goTo);
    },
  };
}
