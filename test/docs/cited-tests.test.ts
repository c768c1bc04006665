import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (...files: string[]): string => files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
const FILES = globSync('{src,server/src,scripts,test}/**/*.{test,e2e}.ts', { cwd: ROOT });
/** Two zones may have a file of one name. */
const filesOf = Map.groupBy(FILES, (file) => basename(file));

/** A file of tests that a page cites, and the names in it that it cites. */
interface Cited {
  file: string;
  names: string[];
}

/** What a page cites: a file, then names in italics up to the next file. `named`: the file that a word in backticks names, or null. */
function citedIn(page: string, named: (word: string) => string | null): Cited[] {
  const cited: Cited[] = [];
  for (const [, word, name] of page.matchAll(/`([^`\n]+)`|(?<![*\w])\*(?![*\s])([^*\n]+)\*(?!\*)/g)) {
    const file = word === undefined ? null : named(word);
    if (file !== null) cited.push({ file, names: [] });
    else if (name !== undefined) cited.at(-1)?.names.push(name);
  }
  return cited;
}

/** Everything in quotes: names of tests, of groups of them, and the cases of tables. Marks such as `[C2]` may be left out. */
const quotedIn = (source: string): string[] =>
  [...source.matchAll(/'((?:\\.|[^'\\\n])+)'|"((?:\\.|[^"\\\n])+)"|`((?:\\.|[^`\\\n])+)`/g)].flatMap((found) => {
    const text = (found[1] ?? found[2] ?? found[3] ?? '').replaceAll(/\\(.)/g, '$1');
    return [text, text.replace(/^(?:\[[^\]]*\] )+/, '')];
  });

/** An ellipsis stands for what was left out of a name. */
const isIn = (name: string, names: readonly string[]): boolean => {
  const parts = name.split('…').map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const whole = new RegExp(`^${parts.join('.*')}$`);
  return names.some((one) => whole.test(one));
};

/** What is cited and is not there. */
function missing(cited: readonly Cited[]): string[] {
  return cited.flatMap(({ file, names }) => {
    const paths = filesOf.get(file);
    if (!paths) return [file];
    const there = quotedIn(read(...paths));
    return names.filter((name) => !isIn(name, there)).map((name) => `${file}: ${name}`);
  });
}

test('every spec that features.md cites is there, by its name', () => {
  // Of a table row the last cell says what holds it.
  const cells = read('docs/features.md').matchAll(/^\|.*\|([^|]*)\|$/gm);
  const held = [...cells].map(([, cell = '']) => cell).join('\n');
  const cited = citedIn(held, (word) => (/^[a-z-]+$/.test(word) ? `${word}.e2e.ts` : null));
  expect(cited.length).toBeGreaterThan(30);
  expect(missing(cited)).toEqual([]);
});

test('every test that security.md cites is there, by its name', () => {
  const page = read('docs/security.md');
  const files = [...new Set(page.match(/[\w-]+\.test\.ts/g))];
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => !filesOf.has(file))).toEqual([]);
  // A row may go on about the file of the row before it.
  const there = files.flatMap((file) => quotedIn(read(...(filesOf.get(file) ?? []))));
  const cells = [...page.matchAll(/^\|.*\|([^|]*)\|$/gm)].map(([, cell = '']) => cell).join('\n');
  const names = citedIn(`\`all\` ${cells}`, (word) => (word === 'all' ? word : null)).flatMap((one) => one.names);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !isIn(name, there))).toEqual([]);
});
