import { useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import type { BoardView } from '../view-store/board-view.ts';
import type { View } from '../view-store/view-store.ts';
import { type Arranged, arrange } from './arrange.ts';

const board = (view: View) => view.board;
const cleared = (ui: Ui) => ui.cleared;

let last: { board: BoardView; cleared: ReadonlySet<string>; arranged: Arranged } | undefined;

/** The board, arranged once for everybody who asks between two pushes. */
export function arrangedOf(current: BoardView, hidden: ReadonlySet<string>): Arranged {
  if (last?.board !== current || last.cleared !== hidden)
    last = { board: current, cleared: hidden, arranged: arrange(current, hidden) };
  return last.arranged;
}

export const useArranged = (): Arranged => arrangedOf(useView(board), useUi(cleared));
