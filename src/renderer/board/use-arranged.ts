import { useFilteredBoard } from '../search/use-filtered-board.ts';
import { useScreen } from '../shared/screen.tsx';
import type { Scope } from '../stations/scope.ts';
import { useScope } from '../stations/scope-context.tsx';
import type { BoardView } from '../view-store/board-view.ts';
import type { ViewStore } from '../view-store/view-store.ts';
import { type Arranged, arrange, OPEN_STATUSES, sameList } from './arrange.ts';

const latest = new WeakMap<ViewStore, { board: BoardView; scope: Scope; arranged: Arranged }>();

/** The filtered board, arranged once per push for all components of a screen. */
export function useArranged(): Arranged {
  const { view } = useScreen();
  const { board } = useFilteredBoard();
  const scope = useScope();
  const last = latest.get(view);
  if (last?.board === board && last.scope === scope) return last.arranged;
  const arranged = keepUnchanged(arrange(board, scope), last?.arranged);
  latest.set(view, { board, scope, arranged });
  return arranged;
}

/** An unchanged list keeps its identity, so that a column renders only for its own tickets. */
function keepUnchanged(next: Arranged, before: Arranged | undefined): Arranged {
  if (!before) return next;
  const columns = { ...next.columns };
  for (const status of OPEN_STATUSES) columns[status] = sameList(before.columns[status], next.columns[status]);
  const [open, done] = [sameList(before.open, next.open), sameList(before.done, next.done)];
  const [toMake, made] = [sameList(before.toMake, next.toMake), sameList(before.made, next.made)];
  return { ...next, columns, open, toMake, made, done, calledOff: sameList(before.calledOff, next.calledOff) };
}
