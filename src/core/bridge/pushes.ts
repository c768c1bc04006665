import type { BoardPatch, DisplayStatus, PushName, PushPayload } from '#contract/bridge.ts';
import type { Ports } from '../ports.ts';
import { createFrame } from './frame.ts';
import type { NoticeDraft } from './notices.ts';

/** One frame of a screen, ms: board and status are told at most this often. */
const FRAME_MS = 16;

export type Push = <K extends PushName>(name: K, payload: PushPayload<K>) => void;

export interface PushesOptions {
  ports: Pick<Ports, 'clock' | 'uuid'>;
  push: Push;
  /** What has changed on the board since it was last asked; null: nothing. */
  patch(): BoardPatch | null;
  status(): DisplayStatus;
}

/** When the screen is told: what changes together goes out together, and never more often than a screen can show. */
export function createPushes({ ports, push, patch, status }: PushesOptions) {
  const pushBoard = (): void => {
    const changed = patch();
    if (changed) push('board', changed);
  };
  // The board first: who reads `live` has been shown what it is said of.
  const frame = createFrame(ports.clock, FRAME_MS, () => {
    pushBoard();
    push('status', status());
  });
  let depth = 0;
  let stopped = false;

  function changed(): void {
    if (depth === 0 && !stopped) frame.request();
  }
  return {
    changed,
    /** What the whole screen is judged by has changed: it is told now, not with the next frame. */
    changedState(): void {
      if (depth === 0 && !stopped) frame.now();
    },
    /** Runs what changes several things, and tells of them once, at its end. */
    together(run: () => void): void {
      depth++;
      try {
        run();
      } finally {
        depth--;
        changed();
      }
    },
    /** What the screen does not know of the board yet, at once. */
    pushBoard,
    tell(draft: NoticeDraft): void {
      push('notice', { id: ports.uuid(), ...draft });
    },
    stop(): void {
      stopped = true;
      frame.stop();
    },
  };
}
