import type { GridShape } from './grid-shape.ts';

/** How many cells a ticket covers. It `scrolls` if a whole page is not enough. */
export interface Span {
  columns: number;
  rows: number;
  scrolls: boolean;
}
/** A ticket in its cells; columns and rows from 1, as CSS counts them. */
export type Placed<T> = { ticket: T; column: number; row: number } & Span;

/**
 * The cells a ticket needs so that nothing is cut off: first more rows of one column, then whole columns.
 *
 * @param blocks heights of the unsplittable blocks between head and foot, rem
 * @param around height of head and foot, rem
 */
export function spanOf(blocks: readonly number[], around: number, { columns, rows, cellHeight }: GridShape): Span {
  for (let down = 1; down <= rows; down++)
    if (columnsFor(blocks, cellHeight * down - around) === 1) return { columns: 1, rows: down, scrolls: false };
  const across = columnsFor(blocks, cellHeight * rows - around);
  return { columns: Math.min(across, columns), rows, scrolls: across > columns };
}

/** How many columns of this height the blocks fill. */
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
 * Places tickets down the columns, page after page, in the order of the list; a gap that is too short for a ticket goes to the
 * next one that fits. Each page is sorted in reading order: down, then across.
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

/** The first column with enough rows left; for a span of several columns, the first after those in use. */
function placeFor(span: Span, filled: readonly number[], rows: number): number {
  const free = (height: number) => height + span.rows <= rows;
  const inUse = filled.findLastIndex((height) => height > 0) + 1;
  if (span.columns > 1) return inUse;
  const column = filled.findIndex(free);
  return column < 0 ? filled.length : column;
}
