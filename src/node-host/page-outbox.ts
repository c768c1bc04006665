import type { PushName } from '#contract/bridge.ts';
import type { BoardPatch } from '#contract/ticket.ts';

/** Patches kept for a page that does not keep up; what is older goes, and the page repairs the gap (`BoardPatch.n`). */
const MAX_PATCHES = 64;
const MAX_NOTICES = 16;

/** What one page is still to be told. */
export interface PageOutbox {
  push(name: PushName, payload: unknown): void;
  /** The page took what was sent. */
  drained(): void;
}

/**
 * Holds a slow page's pushes so that it costs a bounded amount of memory and is never told old news last: of the status
 * only the newest waits; of patches the newest few, because a page that misses one sees it by their numbers and asks for
 * the whole board; notices are toasts, which nobody depends on.
 *
 * @param page `writable`: nothing sent before is still on its way
 */
export function createPageOutbox(page: {
  writable(): boolean;
  send(name: PushName, payload: unknown): void;
}): PageOutbox {
  let status: unknown;
  let patches: BoardPatch[] = [];
  let notices: unknown[] = [];

  function flush(): void {
    if (!page.writable()) return;
    const waiting = { status, patches, notices };
    status = undefined;
    patches = [];
    notices = [];
    for (const patch of waiting.patches) page.send('board', patch);
    if (waiting.status !== undefined) page.send('status', waiting.status);
    for (const notice of waiting.notices) page.send('notice', notice);
  }

  return {
    push(name, payload) {
      if (name === 'status') status = payload;
      else if (name === 'board') patches = [...patches, payload as BoardPatch].slice(-MAX_PATCHES);
      else notices = [...notices, payload].slice(-MAX_NOTICES);
      flush();
    },
    drained: flush,
  };
}
