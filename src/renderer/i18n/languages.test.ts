import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from '#contract/setting-names.ts';
import { SECTIONS } from '../settings/sections.ts';
import type { SettingRow } from '../settings/setting-row.ts';
import { textIn } from '../testing/texts.ts';
import { BOARD_PARTS, loadWords, PANEL_PARTS } from './text.ts';
import { PLURAL_FORMS } from './text-of.ts';

const ALL_PARTS = [...BOARD_PARTS, ...PANEL_PARTS];
const WORDS = new Map<Language, Record<string, string>>();
for (const language of LANGUAGES) WORDS.set(language, await loadWords(language, ALL_PARTS));
const wordsOf = (language: Language) => WORDS.get(language) ?? {};
const en = wordsOf('en');

const keysOf = (words: Record<string, string>): string[] => Object.keys(words).sort();
const formsOf = (text = ''): string[] => text.split('|');
const holes = (text = ''): string[] => [...new Set(text.match(/{{\w+}}/g))].sort();

test.each(LANGUAGES)('%s has the plural forms of its grammar, with the one for any number last', (language) => {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  expect(new Set(PLURAL_FORMS[language])).toEqual(new Set(pluralCategories));
  expect(PLURAL_FORMS[language].at(-1)).toBe('other');
});

test.each(LANGUAGES)('%s has each key in the same file as English, and no other', async (language) => {
  for (const part of ALL_PARTS)
    expect(keysOf(await loadWords(language, [part]))).toEqual(keysOf(await loadWords('en', [part])));
});

test.each(LANGUAGES)(
  '%s has words for every key, in every plural form or one for all, with the same names to fill in',
  (language) => {
    for (const [key, text] of Object.entries(wordsOf(language))) {
      const counted = formsOf(en[key]).length > 1;
      const isEach = counted && new Set(formsOf(text)).size > 1;
      expect(formsOf(text), key).toHaveLength(
        isEach || (counted && language === 'en') ? PLURAL_FORMS[language].length : 1,
      );
      for (const form of formsOf(text)) {
        expect(form.trim(), key).not.toBe('');
        // "one order" need not name the one.
        if (counted) expect(holes(en[key]), key).toEqual(expect.arrayContaining(holes(form)));
        else expect(holes(form), key).toEqual(holes(en[key]));
      }
    }
  },
);

test.each([
  ['en', 1, '1 new order'],
  ['en', 2, '2 new orders'],
  ['ru', 1, '1 новый заказ'],
  ['ru', 3, '3 новых заказа'],
  ['ru', 11, '11 новых заказов'],
  ['ar', 2, 'طلبان جديدان'],
  ['ar', 5, '5 طلبات جديدة'],
  ['ar', 30, '30 طلبًا جديدًا'],
] as const)('%s counts %i as its grammar does', (language, count, text) => {
  expect(textIn(language).t('unseen.title', { count })).toBe(text);
});

/** Keys of one thing, as a heading, a button or the name of a key. */
const SAME_THING = [
  ['expo.name', 'settings.screen.expo'],
  ['ticket.recall', 'key.recall', 'settings.key.recall'],
  ['page.back', 'key.page_back', 'settings.key.page_back'],
  ['find.older', 'history.older'],
  ['take.soldOut', 'reason.sold_out'],
  ['take.until.day_end', 'figures.range.today'],
  ['find.by.source', 'sheet.source'],
  ['sheet.customer', 'story.role.customer'],
  ['stats.median', 'figures.median'],
  ['stats.revenue', 'figures.revenue'],
];

test.each(LANGUAGES)('%s has one word for one thing, and different ones for undo and recall', (language) => {
  const words = wordsOf(language);
  for (const keys of SAME_THING)
    expect(new Set(keys.map((key) => words[key]?.toLowerCase())), keys.join(', ')).toHaveProperty('size', 1);
  expect(words['undo.do']).not.toBe(words['ticket.recall']);
});

const RENDERER = join(import.meta.dirname, '..');

test('every key is used', () => {
  const used = keysIn(readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).map((file) => join(RENDERER, file)));
  const ofRows = SECTIONS.flatMap(({ rows }) => rows.flatMap(keysOfRow));
  expect(keysOf(en).filter((key) => !used(key) && !ofRows.includes(key))).toEqual([]);
  expect(ofRows.filter((key) => !(key in en))).toEqual([]);
});

test('what is painted before the panels are loaded needs no words of theirs', async () => {
  const used = keysIn(importedBy(join(RENDERER, 'main.tsx')));
  expect(used('link.live')).toBe(true);
  expect(keysOf(await loadWords('en', PANEL_PARTS)).filter(used)).toEqual([]);
});

/** The keys that a row of the settings builds from its id. */
function keysOfRow(row: SettingRow): string[] {
  const ends = row.kind === 'choice' ? row.options.map((option) => `.${option}`) : [];
  if (!row.label) ends.push('');
  if (row.hint) ends.push('.hint');
  return ends.map((end) => `settings.${row.id}${end}`);
}

/** Whether a key is mentioned in these files: as a literal, or by its beginning in a template. */
function keysIn(files: Iterable<string>): (key: string) => boolean {
  const source = [...files]
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|i18n\/[a-z]{2}\//.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const literal = new Set([...source.matchAll(/['"]([a-zA-Z]+\.[A-Za-z0-9_.]+)['"]/g)].map((match) => match[1]));
  const prefixes = [...source.matchAll(/`([a-zA-Z.]+\.)\$\{/g)].map((match) => match[1] ?? '');
  return (key) => literal.has(key) || prefixes.some((prefix) => prefix !== 'settings.' && key.startsWith(prefix));
}

/** A file and all it imports, but for types and for what it loads later. */
function importedBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, type, path = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (type )?.*?from '(\.[^']+\.tsx?)'/gms,
  ))
    if (!type) importedBy(join(dirname(file), path), found);
  return found;
}

test('no character of a name turns the words around it', () => {
  expect(textIn('en').t('ticket.more', { number: '1\u202e1\u20677\u202c' })).toBe('More about order 117');
});
