import type { Ticket } from '#contract/bridge.ts';
import { useFilteredBoard } from '../search/use-filtered-board.ts';
import type { Scope } from '../stations/scope.ts';
import { useScope } from '../stations/scope-context.tsx';
import type { BoardView } from '../view-store/board-view.ts';
import { type Arranged, arrange, OPEN_STATUSES } from './arrange.ts';

let last: { board: BoardView; scope: Scope; arranged: Arranged } | undefined;

/** A board, arranged once for everybody who asks between two pushes. */
export function arrangedOf(current: BoardView, scope: Scope): Arranged {
  if (last?.board !== current || last.scope !== scope) {
    const arranged = sharing(arrange(current, scope), last?.arranged);
    last = { board: current, scope, arranged };
  }
  return last.arranged;
}

/** Lists in which nothing changed keep their identity, so that a column is drawn again only for a ticket of its own. */
function sharing(next: Arranged, before: Arranged | undefined): Arranged {
  if (!before) return next;
  const columns = { ...next.columns };
  for (const status of OPEN_STATUSES) columns[status] = shared(next.columns[status], before.columns[status]);
  return { ...next, columns, open: shared(next.open, before.open), done: shared(next.done, before.done) };
}

const shared = (next: readonly Ticket[], before: readonly Ticket[]): readonly Ticket[] =>
  next.length === before.length && next.every((ticket, i) => ticket === before[i]) ? before : next;

export const useArranged = (): Arranged => arrangedOf(useFilteredBoard().board, useScope());
