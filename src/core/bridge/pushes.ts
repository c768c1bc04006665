import type { PushName, PushPayload } from '#contract/bridge.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { BoardPatch } from '#contract/ticket.ts';
import type { Ports } from '../ports.ts';
import { createFrame } from './frame.ts';
import type { NoticeDraft } from './notices.ts';

/** One frame of a screen, ms: board and status are pushed at most this often. */
const FRAME_MS = 16;

export type Push = <K extends PushName>(name: K, payload: PushPayload<K>) => void;

export interface PushesOptions {
  ports: Pick<Ports, 'clock' | 'uuid'>;
  push: Push;
  /** The changes of the board since the last call; null: none. */
  patch(): BoardPatch | null;
  status(): DisplayStatus;
}

export type Pushes = ReturnType<typeof createPushes>;

/** Decides when board and status are pushed: simultaneous changes together, and at most once a frame. */
export function createPushes({ ports, push, patch, status }: PushesOptions) {
  const pushBoard = (): void => {
    const changed = patch();
    if (changed) push('board', changed);
  };
  // Push the board first, so `live` never precedes its tickets.
  const frame = createFrame(ports.clock, FRAME_MS, () => {
    pushBoard();
    push('status', status());
  });
  let depth = 0;
  let stopped = false;

  function request(): void {
    if (depth === 0 && !stopped) frame.request();
  }
  return {
    /** Board or status may have changed: pushes them with the next frame. */
    request,
    /** Pushes a change of the link's state without waiting for the next frame. */
    now(): void {
      if (depth === 0 && !stopped) frame.now();
    },
    /** Runs several changes and requests one push at their end. */
    together(run: () => void): void {
      depth++;
      try {
        run();
      } finally {
        depth--;
        request();
      }
    },
    /** Pushes the board's changes that the screen does not have yet. */
    pushBoard,
    notify(draft: NoticeDraft): void {
      push('notice', { id: ports.uuid(), ...draft });
    },
    stop(): void {
      stopped = true;
      frame.stop();
    },
  };
}
