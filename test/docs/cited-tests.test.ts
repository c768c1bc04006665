import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (...files: string[]): string => files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
const FILES = globSync('{src,server,scripts,test}/**/*.{test,e2e}.ts', { cwd: ROOT });
/** Two zones may have files with the same name. */
const filesOf = Map.groupBy(FILES, (file) => basename(file));

/** A test file that a page cites, with the cited names of its tests. */
interface Cited {
  file: string;
  names: string[];
}

/** A page's citations: a file, then names in italics up to the next file. `named`: maps a word in backticks to its file, or null. */
function citedIn(page: string, named: (word: string) => string | null): Cited[] {
  const cited: Cited[] = [];
  for (const [, word, name] of page.matchAll(/`([^`\n]+)`|(?<![*\w])\*(?![*\s])([^*\n]+)\*(?!\*)/g)) {
    const file = word === undefined ? null : named(word);
    if (file !== null) cited.push({ file, names: [] });
    else if (name !== undefined) cited.at(-1)?.names.push(name);
  }
  return cited;
}

/** All quoted strings: names of tests and groups, and cases of tables; each also without marks such as `[C2]`. */
const quotedIn = (source: string): string[] =>
  [...source.matchAll(/'((?:\\.|[^'\\\n])+)'|"((?:\\.|[^"\\\n])+)"|`((?:\\.|[^`\\\n])+)`/g)].flatMap((found) => {
    const text = (found[1] ?? found[2] ?? found[3] ?? '').replaceAll(/\\(.)/g, '$1');
    return [text, text.replace(/^(?:\[[^\]]*\] )+/, '')];
  });

/** An ellipsis stands for an omitted part of a name. */
const isIn = (name: string, names: readonly string[]): boolean => {
  const parts = name.split('…').map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const whole = new RegExp(`^${parts.join('.*')}$`);
  return names.some((one) => whole.test(one));
};

/** Citations of tests that do not exist. */
function missing(cited: readonly Cited[]): string[] {
  return cited.flatMap(({ file, names }) => {
    const paths = filesOf.get(file);
    if (!paths) return [file];
    const there = quotedIn(read(...paths));
    return names.filter((name) => !isIn(name, there)).map((name) => `${file}: ${name}`);
  });
}

test('every spec that features.md cites exists by that name', () => {
  // The last cell of a table row names the proof.
  const cells = read('docs/features.md').matchAll(/^\|.*\|([^|]*)\|$/gm);
  const held = [...cells].map(([, cell = '']) => cell).join('\n');
  const cited = citedIn(held, (word) => (/^[a-z-]+$/.test(word) ? `${word}.e2e.ts` : null));
  expect(cited.length).toBeGreaterThan(30);
  expect(missing(cited)).toEqual([]);
});

test('every test that security.md cites exists by that name', () => {
  const page = read('docs/security.md');
  const files = [...new Set(page.match(/[\w-]+\.test\.ts/g))];
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => !filesOf.has(file))).toEqual([]);
  // A row may cite tests in the file of the row before it.
  const there = files.flatMap((file) => quotedIn(read(...(filesOf.get(file) ?? []))));
  const cells = [...page.matchAll(/^\|.*\|([^|]*)\|$/gm)].map(([, cell = '']) => cell).join('\n');
  const names = citedIn(`\`all\` ${cells}`, (word) => (word === 'all' ? word : null)).flatMap((one) => one.names);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !isIn(name, there))).toEqual([]);
});
