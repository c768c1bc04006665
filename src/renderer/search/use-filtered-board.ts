import { useSyncExternalStore } from 'react';
import type { OrderFilter } from '#contract/order-filter.ts';
import { useScreen, useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import type { Scope } from '../stations/scope.ts';
import { useScope } from '../stations/scope-context.tsx';
import { ageBand } from '../ticket/age-band.ts';
import type { BoardView } from '../view-store/board-view.ts';
import type { View, ViewStore } from '../view-store/view-store.ts';
import { type FilteredBoard, filteredBoard } from './board-filter.ts';

const board = (view: View) => view.board;
const filter = (ui: Ui) => ui.filter;

interface Latest {
  board: BoardView;
  filter: OrderFilter;
  scope: Scope;
  late: number;
  filtered: FilteredBoard;
}
const latest = new WeakMap<ViewStore, Latest>();

/** The filtered board, computed once for all components of a screen when orders change or one turns late. */
export function useFilteredBoard(): FilteredBoard {
  const { ticker, now, ui, view } = useScreen();
  const current = useView(board);
  const by = useUi(filter);
  const scope = useScope();
  const late = useSyncExternalStore(ticker.on, () =>
    ui.getState().filter.late ? countLate(view.getState().board, now()) : 0,
  );
  const last = latest.get(view);
  if (last?.board === current && last.filter === by && last.scope === scope && last.late === late) return last.filtered;
  const filtered = filteredBoard(current, by, scope, now());
  latest.set(view, { board: current, filter: by, scope, late, filtered });
  return filtered;
}

function countLate({ tickets }: BoardView, now: number): number {
  let late = 0;
  for (const ticket of tickets.values()) if (ageBand(ticket, now) === 'late') late += 1;
  return late;
}
