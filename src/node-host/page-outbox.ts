import type { PushName } from '#contract/bridge.ts';
import type { BoardPatch } from '#contract/ticket.ts';

/** Pushes kept for a slow page. */
const MAX_PATCHES = 64;
const MAX_OTHERS = 16;

/**
 * Buffers a slow page's pushes in bounded memory: the newest status, the newest patches (a page that misses one asks for the
 * whole board) and the newest of the others, such as notices.
 *
 * @param page `writable`: everything sent before has been flushed
 */
export function createPageOutbox(page: { writable(): boolean; send(name: PushName, payload: unknown): void }) {
  let status: unknown;
  let patches: BoardPatch[] = [];
  let others: [PushName, unknown][] = [];

  function flush(): void {
    if (!page.writable()) return;
    const waiting = { status, patches, others };
    status = undefined;
    patches = [];
    others = [];
    for (const patch of waiting.patches) page.send('board', patch);
    if (waiting.status !== undefined) page.send('status', waiting.status);
    for (const [name, payload] of waiting.others) page.send(name, payload);
  }

  return {
    push(name: PushName, payload: unknown): void {
      if (name === 'status') status = payload;
      else if (name === 'board') patches = [...patches, payload as BoardPatch].slice(-MAX_PATCHES);
      else others = [...others, [name, payload] as [PushName, unknown]].slice(-MAX_OTHERS);
      flush();
    },
    /** Call it when the socket can send again. */
    drained: flush,
  };
}
