import { expect, test } from 'vitest';
import { paginate, type Span, spanOf } from './paginate.ts';

const SHAPE = { columns: 3, rows: 2, cellWidth: 14, cellHeight: 16 };
const AROUND = 10;

test.each<[string, number[], Span]>([
  ['a ticket without items has a cell', [], { columns: 1, rows: 1, scrolls: false }],
  ['what fits one cell has one', [3, 3], { columns: 1, rows: 1, scrolls: false }],
  ['what does not goes on in the one below', [3, 3, 1], { columns: 1, rows: 2, scrolls: false }],
  ['more than a column goes on beside it', [8, 8, 8], { columns: 2, rows: 2, scrolls: false }],
  ['nothing is torn apart at the foot of a column', [12, 12, 12], { columns: 3, rows: 2, scrolls: false }],
  ['more than a page scrolls within its page', new Array(40).fill(3), { columns: 3, rows: 2, scrolls: true }],
  ['an item higher than a page does, too', [40], { columns: 3, rows: 2, scrolls: true }],
])('%s', (_, blocks, span) => {
  expect(spanOf(blocks, AROUND, SHAPE)).toEqual(span);
});

const ONE: Span = { columns: 1, rows: 1, scrolls: false };
const TALL: Span = { ...ONE, rows: 2 };
const wide = (columns: number): Span => ({ ...TALL, columns });
/** Which ticket of the list hangs where, as `column.row`, page by page. */
const placesOf = (...spans: Span[]) =>
  paginate([...spans.keys()], (i) => spans[i] ?? ONE, SHAPE).map((page) =>
    page.map(({ ticket, column, row }) => `${ticket}@${column}.${row}`).join(' '),
  );

test('tickets hang down the columns, page after page', () => {
  expect(placesOf(...new Array(8).fill(ONE))).toEqual(['0@1.1 1@1.2 2@2.1 3@2.2 4@3.1 5@3.2', '6@1.1 7@1.2']);
});

test('the gap above a high ticket is taken by the next that fits, and no other order changes', () => {
  expect(placesOf(ONE, TALL, ONE, ONE)).toEqual(['0@1.1 2@1.2 1@2.1 3@3.1']);
});

test('one that covers columns stands beside the others, or on the next page', () => {
  expect(placesOf(ONE, wide(2), ONE)).toEqual(['0@1.1 2@1.2 1@2.1']);
  expect(placesOf(ONE, TALL, wide(2), ONE)).toEqual(['0@1.1 1@2.1', '2@1.1 3@3.1']);
});

test('no tickets, no pages', () => {
  expect(placesOf()).toEqual([]);
});
