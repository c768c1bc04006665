import { expect, test } from 'vitest';
import { type HistoryEntry, HistoryEntry as Schema } from '#contract/history.ts';
import { LANGUAGES } from '#contract/setting-names.ts';
import { wordsIn } from '../i18n/words.ts';
import { textIn } from '../testing/texts.ts';
import { describeEvent } from './describe-event.ts';

const AT = Date.parse('2026-11-21T10:00:00.000Z');
const about = { id: 1, at: AT, orderId: 'o', orderNumber: '117' };
const intent = { intent: 'set_status', payload: { from: 'preparing', to: 'ready' } } as const;
const came = { path: 'socket', delayMs: 20, seq: 1, previousStatus: null, by: null, reason: null } as const;
const answer = { ...about, kind: 'answer', ...intent, commandId: 'c', tappedAt: AT, message: null } as const;
const cancelled = { tappedAt: AT + 420_000, cancelledAt: AT + 180_000 };

const ENTRIES: [string, HistoryEntry][] = [
  ['117 came in', { ...about, kind: 'change', type: 'order_created', status: 'pending', ...came }],
  ['117 is now: Ready', { ...about, kind: 'change', type: 'order_status_changed', status: 'ready', ...came }],
  ['117 was changed', { ...about, kind: 'change', type: 'order_status_changed', ...came, status: null }],
  ['1 order fetched again', { id: 1, at: AT, kind: 'snapshot', reason: 'future', orders: 1, changed: 1 }],
  ['Link: Offline', { id: 1, at: AT, kind: 'link', state: 'offline', before: 'live', cause: 'no_network' }],
  ['117 tapped: Ready', { ...about, kind: 'tap', ...intent, commandId: 'c' }],
  ['117 “Ready” was done', { ...answer, outcome: 'applied', code: null }],
  ['117 “Ready” was not done', { ...answer, outcome: 'rejected', code: 'quarantined' }],
  ['117 cancelled 10:03, “Ready” marked 10:07', { ...about, kind: 'prepared_after_cancel', ...intent, ...cancelled }],
  [
    '2 taps that the server had forgotten were sent again',
    { id: 1, at: AT, kind: 'display', what: 'sent_again', count: 2 },
  ],
  ['The disk is full', { id: 1, at: AT, kind: 'display', what: 'disk_full', count: null }],
];

test.each(ENTRIES)('%s', (words, entry) => {
  expect(Schema.parse(entry)).toEqual(entry);
  const { subject, what } = describeEvent(entry, wordsIn(textIn('en'), 'UTC'));
  expect([subject, what].filter(Boolean).join(' ')).toBe(words);
});

test.each(LANGUAGES)('describes every entry in %s, with all placeholders filled', (language) => {
  for (const [, entry] of ENTRIES) {
    const { what, more } = describeEvent(entry, wordsIn(textIn(language), 'UTC'));
    expect(`${what} ${more}`).not.toMatch(/\{\{|event\.|rejection\.|trouble\./);
  }
});
