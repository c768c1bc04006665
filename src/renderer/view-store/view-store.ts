import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DisplayStatus } from '#contract/display-status.ts';
import { type BoardView, EMPTY_BOARD } from './board-view.ts';

/** Everything that the screen shows. Only pushes write it (see feed-view.ts); components read. */
export interface View {
  /** Null until the carrier has reported. */
  carrierUp: boolean | null;
  board: BoardView;
  status: DisplayStatus | null;
  /** When `status` arrived (before the first: when waiting began), ms of the page's monotonic clock. */
  statusAt: number;
  /** The core has been silent for too long. */
  silent: boolean;
}
export type ViewStore = StoreApi<View>;

export function createViewStore(): ViewStore {
  return createStore<View>(() => ({ carrierUp: null, board: EMPTY_BOARD, status: null, statusAt: 0, silent: false }));
}
