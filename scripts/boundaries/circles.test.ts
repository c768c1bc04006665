import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { circles } from './circles.ts';
import { ZONES } from './zones.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** @param files what each file imports */
function check(files: Record<string, string[]>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'circles-'));
  roots.push(root);
  for (const [path, imports] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), imports.join('\n'));
  }
  return circles(root, ZONES, ['src', 'test']);
}

it('accepts files that share an import', () => {
  const files = {
    'src/core/a.ts': [`import './b.ts';`, `import './c.ts';`],
    'src/core/b.ts': [`import './c.ts';`],
    'src/core/c.ts': [],
    'test/x.ts': [],
  };
  expect(check(files)).toEqual([]);
});

it('finds a circle of type imports across zones through import aliases', () => {
  const files = {
    'src/core/a.ts': [`import type { B } from '#adapters/b.ts';`],
    'src/adapters/b.ts': [`export type { C } from '#test/c.ts';`],
    'test/c.ts': [`type A = import('#core/a.ts').A;`],
  };
  expect(check(files)).toEqual(['circular import: src/adapters/b.ts → test/c.ts → src/core/a.ts → src/adapters/b.ts']);
});

it('shows the shortest circle in a larger component', () => {
  const files = {
    'src/core/a.ts': [`import './b.ts';`],
    'src/core/b.ts': [`import './c.ts';`],
    'src/core/c.tsx': [],
    'src/core/c.ts': [`import './a.ts';`, `import './b.ts';`],
    'test/own.ts': [`import './own.ts';`],
  };
  expect(check(files)).toEqual([
    'circular import: src/core/b.ts → src/core/c.ts → src/core/b.ts',
    'circular import: test/own.ts → test/own.ts',
  ]);
});
