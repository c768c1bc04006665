import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DisplayStatus } from '#contract/display-status.ts';
import { type BoardView, EMPTY_BOARD } from './board-view.ts';

/** All that the screen shows. Written by pushes only (see feed-view.ts); components read. */
export interface View {
  /** Null until the carrier has said where it stands. */
  carrierUp: boolean | null;
  board: BoardView;
  status: DisplayStatus | null;
  /** When `status` came, ms of this page's monotonic clock; before the first, when the waiting began. */
  statusAt: number;
  /** No word from the display program for longer than it may be silent. */
  silent: boolean;
}
export type ViewStore = StoreApi<View>;

export function createViewStore(): ViewStore {
  return createStore<View>(() => ({ carrierUp: null, board: EMPTY_BOARD, status: null, statusAt: 0, silent: false }));
}
