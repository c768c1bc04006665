import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { swapFolder } from './build-into-place.ts';

function build(root: string, name: string): string {
  const dir = join(root, `.new-${name}`);
  mkdirSync(dir);
  for (const file of ['a', 'b', 'c']) writeFileSync(join(dir, file), name);
  return dir;
}

test('concurrent builds leave one complete build and nothing else', async () => {
  for (let round = 0; round < 20; round++) {
    const root = mkdtempSync(join(tmpdir(), 'swap-'));
    const target = join(root, 'renderer');
    await swapFolder(build(root, 'old'), target);
    await Promise.all(['one', 'two', 'three'].map((name) => swapFolder(build(root, name), target)));
    const contents = new Set(readdirSync(target).map((file) => readFileSync(join(target, file), 'utf8')));
    expect(contents.size).toBe(1);
    expect([...contents][0]).not.toBe('old');
    expect(readdirSync(root)).toEqual(['renderer']);
  }
});
