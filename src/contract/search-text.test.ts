import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText, searchedFor } from './search-text.ts';

test.each([
  ['НИНО', 'нино'],
  ['Ёлка', 'елка'],
  ['Crème Brûlée', 'creme brulee'],
  ['ᲮᲘᲜᲙᲐᲚᲘ', 'ხინკალი'],
  ['أَحْمَد', 'احمد'],
  ['ต้มยำ', 'ต้มยํา'],
  ['５０％', '50%'],
])('%s is searched for as %s', (typed, folded) => {
  expect(foldText(typed)).toBe(folded);
});

test('folding is idempotent, so that old rows may be folded again', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => foldText(foldText(text)) === foldText(text)));
});

test('a phone number is also searched for by its digits; a short number and a word are not', () => {
  expect(searchedFor('+995 (599) 12-34')).toEqual(['+995 (599) 12-34', '9955991234']);
  expect(searchedFor('55-31')).toEqual(['55-31']);
  expect(searchedFor('5991234')).toEqual(['5991234']);
  expect(searchedFor('A7 12345')).toEqual(['a7 12345']);
});
