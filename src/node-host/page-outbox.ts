import type { PushName } from '#contract/bridge.ts';
import type { BoardPatch } from '#contract/ticket.ts';

/** Pushes kept for a slow page. */
const MAX_PATCHES = 64;
const MAX_NOTICES = 16;

/**
 * Buffers a slow page's pushes in bounded memory: the newest status, the newest patches (a page that misses one asks for the
 * whole board) and the newest notices.
 *
 * @param page `writable`: everything sent before has been flushed
 */
export function createPageOutbox(page: { writable(): boolean; send(name: PushName, payload: unknown): void }) {
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
    push(name: PushName, payload: unknown): void {
      if (name === 'status') status = payload;
      else if (name === 'board') patches = [...patches, payload as BoardPatch].slice(-MAX_PATCHES);
      else notices = [...notices, payload].slice(-MAX_NOTICES);
      flush();
    },
    /** Call it when the socket can send again. */
    drained: flush,
  };
}
