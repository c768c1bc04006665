import { expect, it } from 'vitest';
import { readTime } from './hours-rows.tsx';

it.each([
  ['7', '07:00'],
  ['730', '07:30'],
  ['7.30', '07:30'],
  [' 22:05 ', '22:05'],
  ['2205', '22:05'],
  ['0', '00:00'],
  ['24', null],
  ['7:60', null],
  ['', null],
  ['noon', null],
])('%j is %j', (typed, time) => {
  expect(readTime(typed)).toBe(time);
});
