import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { newFolder, removeFolder } from '#test/fuzz/folders.ts';
import type { World } from './matrix.ts';

const run = promisify(execFile);

it('[C4, S7, L1] a clock that is set by an hour to a year hides no order, refuses no tap and stops no limit', async () => {
  const folder = newFolder();
  onTestFinished(() => removeFolder(folder));
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'worker.ts'), folder]);
  const worlds = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as World & { faults: string[] });
  expect(worlds.length).toBeGreaterThan(0);
  expect(worlds.filter(({ faults }) => faults.length > 0)).toEqual([]);
}, 180_000);
