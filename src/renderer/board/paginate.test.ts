import { expect, test } from 'vitest';
import { paginate, type Span, spanOf } from './paginate.ts';

const SHAPE = { columns: 3, rows: 2, cellWidth: 14, cellHeight: 16 };
const AROUND = 10;

test.each<[string, number[], Span]>([
  ['one cell without items', [], { columns: 1, rows: 1, scrolls: false }],
  ['one cell when it fits', [3, 3], { columns: 1, rows: 1, scrolls: false }],
  ['the cell below as well when it does not', [3, 3, 1], { columns: 1, rows: 2, scrolls: false }],
  ['a second column when one is full', [8, 8, 8], { columns: 2, rows: 2, scrolls: false }],
  ['never splits a block at the end of a column', [12, 12, 12], { columns: 3, rows: 2, scrolls: false }],
  ['scrolls when a page is not enough', new Array(40).fill(3), { columns: 3, rows: 2, scrolls: true }],
  ['scrolls when an item is higher than a page', [40], { columns: 3, rows: 2, scrolls: true }],
])('span of a ticket: %s', (_, blocks, span) => {
  expect(spanOf(blocks, AROUND, SHAPE)).toEqual(span);
});

const ONE: Span = { columns: 1, rows: 1, scrolls: false };
const TALL: Span = { ...ONE, rows: 2 };
const wide = (columns: number): Span => ({ ...TALL, columns });
/** The place of each ticket as `ticket@column.row`, page by page. */
const placesOf = (...spans: Span[]) =>
  paginate([...spans.keys()], (i) => spans[i] ?? ONE, SHAPE).map((page) =>
    page.map(({ ticket, column, row }) => `${ticket}@${column}.${row}`).join(' '),
  );

test('fills columns from top to bottom, page after page', () => {
  expect(placesOf(...new Array(8).fill(ONE))).toEqual(['0@1.1 1@1.2 2@2.1 3@2.2 4@3.1 5@3.2', '6@1.1 7@1.2']);
});

test('fills the gap above a tall ticket with the next one that fits and keeps the order otherwise', () => {
  expect(placesOf(ONE, TALL, ONE, ONE)).toEqual(['0@1.1 2@1.2 1@2.1 3@3.1']);
});

test('places a wide ticket beside the others or on the next page', () => {
  expect(placesOf(ONE, wide(2), ONE)).toEqual(['0@1.1 2@1.2 1@2.1']);
  expect(placesOf(ONE, TALL, wide(2), ONE)).toEqual(['0@1.1 1@2.1', '2@1.1 3@3.1']);
});

test('has no pages without tickets', () => {
  expect(placesOf()).toEqual([]);
});
