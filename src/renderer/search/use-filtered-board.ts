import { useSyncExternalStore } from 'react';
import type { OrderFilter } from '#contract/order-filter.ts';
import { useScreen, useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import type { Scope } from '../stations/scope.ts';
import { useScope } from '../stations/scope-context.tsx';
import { ageBand } from '../ticket/age-band.ts';
import type { BoardView } from '../view-store/board-view.ts';
import type { View } from '../view-store/view-store.ts';
import { type FilteredBoard, filteredBoard } from './board-filter.ts';

const board = (view: View) => view.board;
const filter = (ui: Ui) => ui.filter;

let last: { board: BoardView; filter: OrderFilter; scope: Scope; late: number; filtered: FilteredBoard } | undefined;

/** The board as it is narrowed down; worked out once for everybody who asks, when the orders change or one turns late. */
export function useFilteredBoard(): FilteredBoard {
  const { ticker, now, ui, view } = useScreen();
  const current = useView(board);
  const by = useUi(filter);
  const scope = useScope();
  const late = useSyncExternalStore(ticker.on, () =>
    ui.getState().filter.late ? lateOnes(view.getState().board, now()) : 0,
  );
  if (last?.board !== current || last.filter !== by || last.scope !== scope || last.late !== late)
    last = { board: current, filter: by, scope, late, filtered: filteredBoard(current, by, scope, now()) };
  return last.filtered;
}

function lateOnes({ tickets }: BoardView, now: number): number {
  let late = 0;
  for (const ticket of tickets.values()) if (ageBand(ticket, now) === 'late') late += 1;
  return late;
}
