import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LANGUAGES } from '#contract/setting-names.ts';
import { en } from './en.ts';
import { TEXTS, textIn } from './text.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const base = (key: string): string => key.replace(PLURAL, '');
const counted = new Set(
  Object.keys(en)
    .filter((key) => PLURAL.test(key))
    .map(base),
);
const holes = (text: string): string[] => [...new Set(text.match(/{{\w+}}/g))].sort();

test('every language that can be set has its words', () => {
  expect(Object.keys(TEXTS).sort()).toEqual([...LANGUAGES].sort());
});

test.each(LANGUAGES)('%s has every key, in every plural form of its grammar, and no other', (language) => {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const wanted = [...new Set(Object.keys(en).map(base))].flatMap((key) =>
    counted.has(key) ? categories.map((category) => `${key}_${category}`) : [key],
  );
  expect(Object.keys(TEXTS[language]).sort()).toEqual(wanted.sort());
});

test.each(LANGUAGES)('%s says something for every key, with the same names to fill in', (language) => {
  for (const [key, text] of Object.entries(TEXTS[language])) {
    expect(text.trim(), key).not.toBe('');
    const english = (en as Record<string, string>)[key] ?? (en as Record<string, string>)[`${base(key)}_other`] ?? '';
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

test('every key is used, and none is asked for by a name that does not exist', () => {
  const source = sources(join(import.meta.dirname, '..'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const literal = new Set([...source.matchAll(/'([a-zA-Z]+\.[A-Za-z0-9_.]+)'/g)].map((match) => match[1] ?? ''));
  const prefixes = [...source.matchAll(/`([a-zA-Z.]+\.)\$\{/g)].map((match) => match[1] ?? '');
  const unused = [...new Set(Object.keys(en).map(base))].filter(
    (key) => !literal.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});

function sources(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/i18n\/[a-z]{2}(\.ts$|\/)/.test(file));
}
