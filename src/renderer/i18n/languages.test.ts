import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from '#contract/setting-names.ts';
import { textIn } from '../testing/texts.ts';
import { BOARD_PARTS, loadWords, PANEL_PARTS } from './text.ts';

const ALL_PARTS = [...BOARD_PARTS, ...PANEL_PARTS];
const WORDS = new Map<Language, Record<string, string>>();
for (const language of LANGUAGES) WORDS.set(language, await loadWords(language, ALL_PARTS));
const wordsOf = (language: Language) => WORDS.get(language) ?? {};
const en = wordsOf('en');

const PLURAL = /_(zero|one|two|few|many|other)$/;
const base = (key: string): string => key.replace(PLURAL, '');
const basesOf = (words: Record<string, string>): string[] => [...new Set(Object.keys(words).map(base))];
const counted = new Set(
  Object.keys(en)
    .filter((key) => PLURAL.test(key))
    .map(base),
);
const holes = (text: string): string[] => [...new Set(text.match(/{{\w+}}/g))].sort();

test.each(LANGUAGES)('%s has every key, in every plural form of its grammar, and no other', (language) => {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const wanted = basesOf(en).flatMap((key) =>
    counted.has(key) ? categories.map((category) => `${key}_${category}`) : [key],
  );
  expect(Object.keys(wordsOf(language)).sort()).toEqual(wanted.sort());
});

test.each(LANGUAGES)('%s has each key in the same file as English', async (language) => {
  for (const part of ALL_PARTS)
    expect(basesOf(await loadWords(language, [part])).sort()).toEqual(basesOf(await loadWords('en', [part])).sort());
});

test.each(LANGUAGES)('%s has words for every key, with the same names to fill in', (language) => {
  for (const [key, text] of Object.entries(wordsOf(language))) {
    expect(text.trim(), key).not.toBe('');
    const english = en[key] ?? en[`${base(key)}_other`] ?? '';
    // "one order" need not name the one.
    const may = PLURAL.test(key) ? holes(text).every((hole) => holes(english).includes(hole)) : null;
    if (may === null) expect(holes(text), key).toEqual(holes(english));
    else expect(may, key).toBe(true);
  }
});

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

const RENDERER = join(import.meta.dirname, '..');

test('every key is used', () => {
  const used = keysIn(readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).map((file) => join(RENDERER, file)));
  expect(basesOf(en).filter((key) => !used(key))).toEqual([]);
});

test('what is painted before the panels are loaded needs no words of theirs', async () => {
  const used = keysIn(importedBy(join(RENDERER, 'main.tsx')));
  expect(used('link.live')).toBe(true);
  expect(basesOf(await loadWords('en', PANEL_PARTS)).filter(used)).toEqual([]);
});

/** Whether a key is mentioned in these files: as a literal, or by its beginning in a template. */
function keysIn(files: Iterable<string>): (key: string) => boolean {
  const source = [...files]
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|i18n\/[a-z]{2}\//.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const literal = new Set([...source.matchAll(/['"]([a-zA-Z]+\.[A-Za-z0-9_.]+)['"]/g)].map((match) => match[1]));
  const prefixes = [...source.matchAll(/`([a-zA-Z.]+\.)\$\{/g)].map((match) => match[1] ?? '');
  return (key) => literal.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
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
