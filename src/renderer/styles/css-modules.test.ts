import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

// TypeScript accepts any class name of a CSS module, so a misspelt one would show only on the screen.
const ROOT = join(import.meta.dirname, '..');
const files = (pattern: string) => globSync(pattern, { cwd: ROOT }).map((file) => join(ROOT, file));

/** The classes that each module's importers use, by path of the module. */
const used = new Map<string, Set<string>>();
for (const file of files('**/*.tsx')) {
  const source = readFileSync(file, 'utf8');
  for (const [, name, path = ''] of source.matchAll(/^import (\w+) from '(.+\.module\.css)';$/gm)) {
    const sheet = resolve(file, '..', path);
    const classes = used.get(sheet) ?? new Set();
    const code = source.replaceAll(/'[^'\n]*'/g, '');
    for (const [, one = ''] of code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))) classes.add(one);
    used.set(sheet, classes);
  }
}

test.each(files('**/*.module.css'))('%s defines the classes that components use, and no others', (sheet) => {
  const css = readFileSync(sheet, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|"[^"]*"/g, '');
  const defined = [...css.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name);
  expect([...new Set(defined)].sort()).toEqual([...(used.get(sheet) ?? [])].sort());
});

test(':has() is only in what opens over the board: with it, each change of a ticket would restyle the whole page', () => {
  const using = files('**/*.css').filter((sheet) => readFileSync(sheet, 'utf8').includes(':has('));
  expect(using.map((sheet) => relative(ROOT, dirname(sheet))).sort()).toEqual([
    'first-run',
    'order-sheet',
    'search',
    'settings',
  ]);
});
