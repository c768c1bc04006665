import type { GridShape } from './grid-shape.ts';

/** How many cells a ticket covers; `scrolls` when a whole page is not enough for it. */
export interface Span {
  columns: number;
  rows: number;
  scrolls: boolean;
}
/** A ticket in its cells; columns and rows from 1, as CSS counts them. */
export type Placed<T> = { ticket: T; column: number; row: number } & Span;

/**
 * The cells a ticket needs so that nothing of it is cut off: first those below, which costs no second head and foot, then
 * whole columns beside each other.
 *
 * @param blocks heights of what hangs between head and foot and is not to be torn apart, rem
 * @param around height of head and foot, rem
 */
export function spanOf(blocks: readonly number[], around: number, { columns, rows, cellHeight }: GridShape): Span {
  for (let down = 1; down <= rows; down++)
    if (columnsFor(blocks, cellHeight * down - around) === 1) return { columns: 1, rows: down, scrolls: false };
  const across = columnsFor(blocks, cellHeight * rows - around);
  return { columns: Math.min(across, columns), rows, scrolls: across > columns };
}

/** How many columns of a height they fill, one below the other. */
function columnsFor(blocks: readonly number[], height: number): number {
  let count = 1;
  let filled = 0;
  for (const block of blocks) {
    if (block > height) return Number.POSITIVE_INFINITY;
    if (filled + block > height) {
      count += 1;
      filled = 0;
    }
    filled += block;
  }
  return count;
}

/**
 * Tickets down the columns, page after page, in the order of the list; only a gap that a higher ticket left over is taken
 * by the next one that fits. Each page is in reading order: down, then across.
 */
export function paginate<T>(
  tickets: readonly T[],
  spanOfTicket: (ticket: T) => Span,
  { columns, rows }: Pick<GridShape, 'columns' | 'rows'>,
): Placed<T>[][] {
  const pages: Placed<T>[][] = [];
  let filled: number[] = [];
  for (const ticket of tickets) {
    const span = spanOfTicket(ticket);
    let column = placeFor(span, filled, rows);
    if (pages.length === 0 || column + span.columns > columns) {
      pages.push([]);
      filled = new Array(columns).fill(0);
      column = 0;
    }
    pages.at(-1)?.push({ ticket, column: column + 1, row: (filled[column] ?? 0) + 1, ...span });
    for (let i = column; i < column + span.columns; i++) filled[i] = (filled[i] ?? 0) + span.rows;
  }
  for (const page of pages) page.sort((a, b) => a.column - b.column || a.row - b.row);
  return pages;
}

/** The first column with room below what hangs there; for what covers columns, the first after those in use. */
function placeFor(span: Span, filled: readonly number[], rows: number): number {
  const free = (height: number) => height + span.rows <= rows;
  const inUse = filled.findLastIndex((height) => height > 0) + 1;
  if (span.columns > 1) return inUse;
  const column = filled.findIndex(free);
  return column < 0 ? filled.length : column;
}
