import { expect, it } from 'vitest';
import { textIn } from '../testing/texts.ts';
import { findRows } from './find-rows.ts';
import { SECTIONS } from './sections.ts';

const found = (search: string, language: Parameters<typeof textIn>[0] = 'en') =>
  findRows(SECTIONS, search, textIn(language)).flatMap(({ rows }) => rows.map(({ id }) => id));

it('finds a row by its name, by one of its choices, and by its section', () => {
  expect(found('theme')).toEqual(['theme']);
  expect(found('high contr')).toEqual(['theme']);
  expect(found('SOUND volume')).toContain('volume');
  expect(found('stations')).toContain('stations');
});

it('finds in the language of the screen, whatever the case and the accents', () => {
  expect(found('ТЕМА', 'ru')).toContain('theme');
  expect(found('tamano', 'es')).toContain('zoom');
  expect(found('ثيم no such thing', 'ar')).toEqual([]);
});

it('finds every row for an empty search', () => {
  expect(found('  ')).toHaveLength(SECTIONS.reduce((sum, { rows }) => sum + rows.length, 0));
});
