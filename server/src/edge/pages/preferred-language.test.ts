import { expect, it } from 'vitest';
import { preferredLanguage } from './preferred-language.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['ka', 'ka'],
  ['ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7', 'ru'],
  ['de-DE,de;q=0.9,es;q=0.5,en;q=0.3', 'es'],
  ['en;q=0.2, AR-eg ; q=0.8', 'ar'],
  ['th;q=0, fr', 'en'],
  ['en, th', 'en'],
  ['*', 'en'],
  [',;q=,=;;th;q=x', 'en'],
])('for Accept-Language %s a page is in %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
