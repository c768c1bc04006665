import { expect, test } from 'vitest';
import { textIn } from '../testing/texts.ts';
import {
  formatAge,
  formatAgo,
  formatDelay,
  formatList,
  formatMoment,
  formatMoney,
  formatTime,
  formatUntil,
  inCapitals,
} from './format.ts';

const en = textIn('en');

test.each([
  [0, '0:00'],
  [24_999, '0:24'],
  [718_000, '11:58'],
  [5_999_000, '99:59'],
  [6_000_000, '1h40'],
  [90_300_000, '25h05'],
])('an age of %i ms is written %s', (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});

test('[L3] an age is never negative', () => {
  expect(formatAge(-7_200_000)).toBe('0:00');
  expect(formatAgo(-5_000, en)).toBe('0 s ago');
});

test('the last word says how old it is, or that there was none', () => {
  expect(formatAgo(2_400, en)).toBe('2 s ago');
  expect(formatAgo(11 * 60_000, en)).toBe('11 min ago');
  expect(formatAgo(3 * 3_600_000, en)).toBe('3 h ago');
  expect(formatAgo(null, en)).toBe('no contact yet');
});

test('an order for later says how long until then, and never 0', () => {
  expect(formatUntil(17 * 60_000 + 1, en)).toBe('in 18 min');
  expect(formatUntil(1, en)).toBe('in 1 min');
  expect(formatUntil(5 * 3_600_000, en)).toBe('in 5 h');
});

test('times are those of the store, whatever the tablet thinks', () => {
  expect(formatTime('2026-11-21T10:05:00.000Z', 'Asia/Tbilisi', en.locale)).toBe('14:05');
  expect(formatTime('2026-11-21T21:05:00.000Z', 'Asia/Tbilisi', en.locale)).toBe('01:05');
});

test('money has the currency’s own decimals', () => {
  expect(formatMoney(341_850, 'GEL', en.locale)).toBe('₾3,418.50');
  expect(formatMoney(2_900, 'EUR', en.locale)).toBe('€29');
  expect(formatMoney(2_900, 'JPY', en.locale)).toBe('¥2,900');
  expect(formatMoney(2_900, 'KWD', en.locale)).toMatch(/2\.900$/);
});

test.each([
  ['symbol', '₾29.50'],
  ['code', 'GEL\u00a029.50'],
  ['none', '29.50'],
] as const)('money with %s', (display, text) => {
  expect(formatMoney(2_950, 'GEL', en.locale, display)).toBe(text);
});

test('figures are 0–9 in every language, so that a number can be called out and compared', () => {
  for (const language of ['en', 'ru', 'ar'] as const) {
    const { locale } = textIn(language);
    expect(formatMoney(123_456, 'GEL', locale).replace(/\D/g, '')).toBe('123456');
    expect(formatTime('2026-11-21T10:05:00.000Z', 'UTC', locale)).toBe('10:05');
  }
});

test('Georgian, which Chromium does not know, gets no word of another language', () => {
  const ka = textIn('ka');
  const at = Date.parse('2026-11-21T10:05:00.000Z');
  expect(Intl.getCanonicalLocales(ka.locale)[0]).not.toMatch(/^(ka|en)/);
  expect(formatMoney(145_950, 'GEL', ka.locale)).toBe('1459,50\u00a0₾');
  expect(formatMoment(at, 'UTC', ka.locale)).not.toMatch(/\p{L}/u);
  expect(formatDelay(2_400, ka)).toBe('2,4 წმ');
  expect(formatList(['21', '46', '8'], ka)).toBe('21, 46 და 8');
  expect(inCapitals('მზადაა', ka)).toBe('მზადაა');
});

test('a list follows the grammar of its language', () => {
  expect(formatList([], en)).toBe('');
  expect(formatList(['21'], en)).toBe('21');
  expect(formatList(['21', '46', '8 more'], en)).toBe('21, 46 and 8 more');
  expect(formatList(['21', '46', '8'], textIn('ar'))).toBe('21، 46 و8');
});
