import { expect, test } from 'vitest';
import { choose, layoutDraftOf, layoutOf } from './layout-draft.ts';

test('a source without a layout has the generic one', () => {
  expect(layoutOf(layoutDraftOf(undefined))).toEqual({ layout: 'generic' });
});

test('rules for a till are shown as they are stored, and sent as they are shown', () => {
  const layout = { base: 'columns' as const, number: 'slip <(?<number>\\d+)>', note: [] };
  const draft = layoutDraftOf(layout);
  expect(draft.choice).toBe('own');
  expect(layoutOf(draft)).toEqual({ layout });
});

test('rules begin with the layout that was chosen, and outlast a look at another', () => {
  const begun = choose(layoutDraftOf('german'), 'own');
  expect(layoutOf(begun)).toEqual({ layout: { base: 'german' } });
  const typed = { ...begun, rules: '{"base":"last"}' };
  expect(layoutOf(choose(typed, 'columns'))).toEqual({ layout: 'columns' });
  expect(layoutOf(choose(choose(typed, 'columns'), 'own'))).toEqual({ layout: { base: 'last' } });
});

test.each(['', '{"item": "\\d"}', '[]', 'null', '"columns"'])('%s is no rules, and it says why', (rules) => {
  expect(layoutOf({ choice: 'own', rules })).toEqual({ problem: expect.stringMatching(/\w/) });
});
