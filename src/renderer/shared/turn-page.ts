import type { UiStore } from './ui-store.ts';

export type PageTurn = 'next' | 'back' | 'first' | 'last';

/** Turns the pages of the board and stops at either end. True when the page has changed. */
export function turnPage(ui: UiStore, turn: PageTurn): boolean {
  const { page, pages } = ui.getState();
  const last = pages - 1;
  const shown = Math.min(page, last);
  const to = { next: Math.min(shown + 1, last), back: Math.max(shown - 1, 0), first: 0, last }[turn];
  ui.setState({ page: to });
  return to !== shown;
}
