import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Build } from './builds.ts';
import { ensureBuilt } from './ensure-built.ts';

const intoPlace = pathToFileURL(join(import.meta.dirname, 'build-into-place.ts')).href;
const BUILD: Build = { what: 'the thing', dir: 'dist/thing', script: 'build.mjs', sources: ['src', 'lock.json'] };

/** A project whose build copies its source and records that it ran; the source can make it fail. */
function project(): string {
  const root = mkdtempSync(join(tmpdir(), 'built-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src', 'a.ts'), 'one');
  writeFileSync(join(root, 'lock.json'), '{}');
  const build = `
    import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
    import { buildIntoPlace } from ${JSON.stringify(intoPlace)};
    await buildIntoPlace(${JSON.stringify(root)}, ${JSON.stringify(BUILD)}, async (out) => {
      appendFileSync(${JSON.stringify(join(root, 'runs'))}, 'x');
      const text = readFileSync(${JSON.stringify(join(root, 'src', 'a.ts'))}, 'utf8');
      if (text.includes('broken')) process.exit(1);
      mkdirSync(out, { recursive: true });
      writeFileSync(out + '/a.js', text);
    });`;
  writeFileSync(join(root, 'build.mjs'), build);
  return root;
}
const runs = (root: string) => (existsSync(join(root, 'runs')) ? readFileSync(join(root, 'runs'), 'utf8').length : 0);
const built = (root: string) => readFileSync(join(root, 'dist/thing/a.js'), 'utf8');

test('builds once for three concurrent callers', async () => {
  const root = project();
  const lines: string[] = [];
  await Promise.all([1, 2, 3].map(() => ensureBuilt(root, BUILD, (line) => lines.push(line))));
  expect(runs(root)).toBe(1);
  expect(lines[0]).toBe('Building the thing (once, some seconds) …');
});

test('rebuilds when the content of a source changes, not when only its time does', async () => {
  const root = project();
  await ensureBuilt(root, BUILD, () => {});
  utimesSync(join(root, 'src', 'a.ts'), new Date(), new Date());
  writeFileSync(join(root, 'src', 'a.test.ts'), 'a test is not built');
  await ensureBuilt(root, BUILD, () => {});
  expect(runs(root)).toBe(1);
  appendFileSync(join(root, 'src', 'a.ts'), ' two');
  await ensureBuilt(root, BUILD, () => {});
  expect(built(root)).toBe('one two');
});

test('keeps the last build when a build fails, and builds again at the next call', async () => {
  const root = project();
  await ensureBuilt(root, BUILD, () => {});
  writeFileSync(join(root, 'src', 'a.ts'), 'broken');
  await expect(ensureBuilt(root, BUILD, () => {})).rejects.toThrow('Building the thing failed; why is said above.');
  expect(built(root)).toBe('one');
  writeFileSync(join(root, 'src', 'a.ts'), 'fixed');
  await ensureBuilt(root, BUILD, () => {});
  expect(built(root)).toBe('fixed');
});

test('uses the existing build when there are no sources', async () => {
  const root = mkdtempSync(join(tmpdir(), 'built-'));
  expect(await ensureBuilt(root, BUILD, () => {})).toBe(join(root, 'dist/thing'));
});
