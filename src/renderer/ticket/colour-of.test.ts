import { expect, test } from 'vitest';
import { colourOf } from './colour-of.ts';

const RULES = [
  { words: ['allergy', 'Аллергия'], colour: 'red' },
  { words: ['extra', 'allerg'], colour: 'green' },
  { words: [], colour: 'blue' },
] as const;

test.each([
  ['ALLERGY: nuts', 'red'],
  ['аллергия на орехи', 'red'],
  ['Extra cheese', 'green'],
  ['cut in eight', undefined],
])('%s is %s', (name, colour) => {
  expect(
    colourOf(
      name,
      RULES.map(({ words, colour }) => ({ words: [...words], colour })),
    ),
  ).toBe(colour);
});
