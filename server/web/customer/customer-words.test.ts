import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LANGUAGES } from '#contract/setting-names.ts';
import type { CustomerKey } from './customer-key.ts';
import { CUSTOMER_WORDS } from './customer-words.ts';

const { en } = CUSTOMER_WORDS;
const KEYS = Object.keys(en) as CustomerKey[];
const holes = (text: string): string[] => [...new Set(text.match(/{{\w+}}/g))].sort();

test.each(LANGUAGES)('%s has words for every key, with the same names to fill in', (language) => {
  const words = CUSTOMER_WORDS[language];
  expect(Object.keys(words)).toEqual(KEYS);
  for (const key of KEYS) {
    expect(words[key].trim(), key).not.toBe('');
    expect(holes(words[key]), key).toEqual(holes(en[key]));
  }
});

test('every key is used', () => {
  const source = readdirSync(join(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|words\//.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, '..', file), 'utf8'))
    .join('\n');
  const literal = new Set([...source.matchAll(/'([a-z]+\.[A-Za-z_.]+)'/g)].map((match) => match[1]));
  const prefixes = [...source.matchAll(/`([a-z]+\.)\$\{/g)].map((match) => match[1] ?? '');
  expect(KEYS.filter((key) => !literal.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)))).toEqual([]);
});
