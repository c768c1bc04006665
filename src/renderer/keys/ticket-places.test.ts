import { expect, test } from 'vitest';
import { neighbour, type Place } from './ticket-places.ts';

const place = (left: number, top: number, height = 100): Place => ({
  left,
  right: left + 200,
  top,
  bottom: top + height,
});
//  0: long   2
//  1         3
//            4
const COLUMNS = [place(0, 0, 400), place(0, 410), place(210, 0), place(210, 110), place(210, 220)];
const from = (index: number, direction: Parameters<typeof neighbour>[2]) =>
  neighbour(COLUMNS, COLUMNS[index] as Place, direction);

test('up and down keep to the column', () => {
  expect(from(0, 'down')).toBe(1);
  expect(from(2, 'down')).toBe(3);
  expect(from(4, 'up')).toBe(3);
});

test('left and right go to the ticket whose head is level', () => {
  expect(from(0, 'right')).toBe(2);
  expect(from(3, 'left')).toBe(0);
  expect(from(1, 'right')).toBe(4);
});

test('finds nothing beyond the edge', () => {
  expect(from(0, 'up')).toBeNull();
  expect(from(0, 'left')).toBeNull();
  expect(from(4, 'down')).toBeNull();
  expect(from(2, 'right')).toBeNull();
});
