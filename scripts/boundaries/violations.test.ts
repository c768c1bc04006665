import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { violations } from './violations.ts';
import { ZONES } from './zones.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** A tree in which every zone has its tsconfig and one file, plus the files of the test. */
function check(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'zones-'));
  roots.push(root);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('tsconfig.base.json', JSON.stringify({ compilerOptions: { types: [], lib: ['ES2024'] } }));
  for (const { path, types, lib } of Object.values(ZONES)) {
    write(`${path}/tsconfig.json`, JSON.stringify({ compilerOptions: { types, lib } }));
    write(`${path}/own.ts`, 'export const own = 1;\n');
  }
  for (const [path, text] of Object.entries(files)) write(path, text);
  return violations(root, ZONES);
}

describe('the zone check', () => {
  it('finds nothing when every import is in the table', () => {
    const files = {
      'src/core/engine.ts': `import type { Order } from '#contract/order.ts';\nexport { own } from './own.ts';`,
      'src/adapters/sqlite.ts': `import Database from 'better-sqlite3';\nimport { join } from 'node:path';`,
      'src/node-host/serve.ts': `import fastifyStatic from '@fastify/static';\nimport '#core/engine.ts';`,
      'src/renderer/root.tsx': `import { createRoot } from 'react-dom/client';\nimport './root.css';`,
    };
    expect(check(files)).toEqual([]);
  });

  it.each([
    ['a value', `import { own } from '#core/own.ts';`],
    ['a type', `import type { own } from '#core/own.ts';`],
    ['one type of many', `import { type own } from '#core/own.ts';`],
    ['a re-export', `export { own } from '#core/own.ts';`],
    ['a re-export of everything', `export type * from '#core/own.ts';`],
    ['a side effect', `import '#core/own.ts';`],
    ['import()', `const x = await import('#core/own.ts');`],
    ['the type of import()', `let x: import('#core/own.ts').Own;`],
    ['import = require()', `import x = require('#core/own.ts');`],
    ['require()', `const x = require('#core/own.ts');`],
    ['the bare path', `import { own } from '../core/own.ts';`],
  ])('catches an import of another zone written as %s', (_, text) => {
    const found = check({ 'src/contract/bad.ts': `// first line\n${text}` });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^src\/contract\/bad\.ts:2: contract (may not import|leaves its folder by) /);
  });

  it.each([
    ['src/core/clock.ts', 'node:timers'],
    ['src/core/file.ts', 'fs'],
    ['src/core/schema.ts', 'zod'],
    ['src/contract/x.ts', 'zodiac'],
    ['src/renderer/x.tsx', 'electron'],
    ['src/preload/x.ts', 'node:fs'],
    ['src/main/x.ts', 'fastify'],
    ['server/src/x.ts', 'electron'],
  ])('catches %s importing %s', (file, name) => {
    expect(check({ [file]: `import '${name}';` })).toEqual([
      `${file}:1: ${file.split('/')[file.startsWith('server') ? 0 : 1]} may not import the package "${name}"`,
    ]);
  });

  it.each([
    ['src/renderer/x.ts', '#core/own.ts'],
    ['src/preload/x.ts', '#main/own.ts'],
    ['src/core/x.ts', '#adapters/own.ts'],
    ['src/adapters/x.ts', '#node-host/own.ts'],
    ['server/src/x.ts', '#core/own.ts'],
    ['src/node-host/x.ts', '#server/own.ts'],
    ['src/core/x.ts', '#test/support/an-order.ts'],
  ])('catches %s importing %s', (file, name) => {
    expect(check({ [file]: `import '${name}';` })).toHaveLength(1);
  });

  it('catches an import with a computed name', () => {
    expect(check({ 'src/core/x.ts': 'const x = await import(name);' })).toEqual([
      'src/core/x.ts:1: core imports a name that is computed',
    ]);
  });

  it.each(['Date.now()', 'new Date()', 'Date()', 'Math.random()'])('catches a core that calls %s', (text) => {
    expect(check({ 'src/core/x.ts': `const x = ${text};` })).toHaveLength(1);
    expect(check({ 'src/adapters/x.ts': `const x = ${text};` })).toEqual([]);
  });

  it('allows a core to use instants passed to it', () => {
    expect(check({ 'src/core/x.ts': 'const x = (ms: number) => new Date(ms).getTime() - Date.parse(y);' })).toEqual([]);
  });

  it('allows tests to import test packages', () => {
    expect(check({ 'src/core/x.test.ts': `import { it } from 'vitest';\nimport '#server/own.ts';` })).toEqual([]);
  });

  it('allows test packages in testing/, and keeps testing/ out of product code', () => {
    expect(check({ 'src/core/testing/link.ts': `import { expect } from 'vitest';` })).toEqual([]);
    expect(check({ 'src/core/x.ts': `import './testing/link.ts';` })).toHaveLength(1);
    expect(check({ 'src/main/x.ts': `import '#core/testing/link.ts';` })).toHaveLength(1);
  });

  it('catches a tsconfig that lets the wrong globals compile', () => {
    const found = check({ 'src/core/tsconfig.json': JSON.stringify({ compilerOptions: { types: ['node'] } }) });
    expect(found).toEqual(['src/core/tsconfig.json: "types" must be []']);
  });

  it('fails for a zone that does not exist', () => {
    const moved = { lost: { path: 'src/lost', zones: [], packages: [], types: [], lib: [] } };
    const root = mkdtempSync(join(tmpdir(), 'zones-'));
    roots.push(root);
    mkdirSync(join(root, 'src/lost'), { recursive: true });
    expect(violations(root, moved)).toEqual(['src/lost: there is no source here']);
  });
});
