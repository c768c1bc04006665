import { expect, test } from 'vitest';
import type { OrderFact } from '#contract/order-story.ts';
import { LANGUAGES } from '#contract/setting-names.ts';
import { wordsIn } from '../i18n/words.ts';
import { textIn } from '../testing/texts.ts';
import { describeActor, describeFact } from './describe-fact.ts';

const soup = { name: 'Soup', quantity: 2 };
const FACTS: [OrderFact, string][] = [
  [{ what: 'placed', source: 'web', status: 'pending' }, 'came in from web'],
  [{ what: 'placed', source: null, status: null }, 'came in'],
  [{ what: 'status', from: 'pending', to: 'preparing' }, 'New › Preparing'],
  [{ what: 'status', from: null, to: 'ready' }, 'is now: Ready'],
  [{ what: 'seen' }, 'was seen'],
  [{ what: 'payment', from: 'unpaid', to: 'paid', method: 'card' }, 'payment: Unpaid › Paid (card)'],
  [{ what: 'payment', from: null, to: null, method: null }, 'payment changed'],
  [{ what: 'priority', on: true }, 'put first'],
  [{ what: 'priority', on: false }, 'no longer first'],
  [{ what: 'due', from: null, to: '2026-11-21T15:40:00.000Z' }, 'promised for 19:40'],
  [{ what: 'due', from: '2026-11-21T15:40:00.000Z', to: '2026-11-21T15:55:00.000Z' }, 'promised time 19:40 › 19:55'],
  [{ what: 'due', from: '2026-11-21T15:40:00.000Z', to: null }, 'no promised time any more'],
  [{ what: 'course', course: 2 }, 'course 2 fired'],
  [{ what: 'item_done', ...soup, done: true }, 'done: 2 × Soup'],
  [{ what: 'item_done', ...soup, done: false }, 'not done after all: 2 × Soup'],
  [{ what: 'item_added', ...soup }, 'added: 2 × Soup'],
  [{ what: 'item_removed', ...soup }, 'removed: 2 × Soup'],
  [{ what: 'item_changed', ...soup }, 'changed, now: 2 × Soup'],
  [{ what: 'item_moved', ...soup, station: 'grill' }, 'sent to grill: 2 × Soup'],
  [{ what: 'item_moved', ...soup, station: null }, 'sent back to its own station: 2 × Soup'],
  [{ what: 'note', note: 'no onion' }, 'note: “no onion”'],
  [{ what: 'note', note: null }, 'note removed'],
  [{ what: 'detail', field: 'table' }, 'table changed'],
  [{ what: 'deleted' }, 'was deleted'],
  [{ what: 'changed' }, 'was changed'],
];

test.each(FACTS)('describes %j in kitchen terms, by the store clock', (fact, words) => {
  expect(describeFact(fact, wordsIn(textIn('en'), 'Asia/Tbilisi'))).toBe(words);
});

test.each(LANGUAGES)('describes every fact in %s in its own sentence, with all placeholders filled', (language) => {
  const sentences = FACTS.map(([fact]) => describeFact(fact, wordsIn(textIn(language), 'Asia/Tbilisi')));
  expect(new Set(sentences).size).toBe(FACTS.length);
  for (const words of sentences) expect(words).not.toMatch(/[{}]|story\.|event\./);
});

test('describes an actor by name and role, the server by role alone, and an unknown one not at all', () => {
  const by = (role: 'display' | 'system', name: string) => ({ at: 0, by: { role, name }, reason: null, facts: [] });
  expect(describeActor(by('display', 'Pass'), textIn('en'))).toEqual(['Pass', 'screen']);
  expect(describeActor(by('system', 'system'), textIn('en'))).toEqual(['by itself']);
  expect(describeActor({ at: 0, by: null, reason: null, facts: [] }, textIn('en'))).toEqual([]);
});
