import { expect, test } from 'vitest';
import { dishesToShow } from './dishes-to-show.ts';

const DISHES = ['Lobio', 'Café con leche', 'ผัดไทย', 'Lobio', 'Khachapuri'];

test.each([
  ['', ['Lobio', 'Café con leche', 'ผัดไทย', 'Khachapuri']],
  ['  LOB ', ['Lobio']],
  ['cafe', ['Café con leche']],
  ['ไทย', ['ผัดไทย']],
  ['a', ['Café con leche', 'Khachapuri']],
])('"%s" finds the dishes that contain it, each once', (search, found) => {
  expect(dishesToShow(DISHES, search)).toEqual(found);
});

test('a dish that nobody has ordered yet can be typed', () => {
  expect(dishesToShow(DISHES, ' Satsivi ')).toEqual(['Satsivi']);
  expect(dishesToShow([], '')).toEqual([]);
});
