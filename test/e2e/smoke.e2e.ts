import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

test.describe.configure({ timeout: 180_000 });
const ROOT = join(import.meta.dirname, '../..');

/** `npm run smoke` on a stand-in for the packed program. */
test.skip(({ host }) => host === 'electron' || process.platform === 'win32', 'this uses a stand-in, a script');

/** @param program the script's text @returns the exit code, the steps that it printed, and the error */
function smoke(dir: string, program: string): Promise<{ code: number | null; steps: string; error: string }> {
  const path = join(dir, 'program');
  writeFileSync(path, `#!/bin/sh\n${program}\n`, { mode: 0o755 });
  return new Promise((resolve) => {
    const args = [join(ROOT, 'scripts/smoke.ts'), '--output', join(dir, 'output'), path];
    const child = execFile(process.execPath, args, (_, steps, error) =>
      resolve({ code: child.exitCode, steps, error }),
    );
  });
}

test('the smoke test of a package finds that a program works', async ({ dir, browserName, playwright }, {
  project,
}) => {
  const chromium = project.use.launchOptions?.executablePath ?? playwright[browserName].executablePath();
  const standIn = join(ROOT, 'test/support/stand-in-program.ts');
  const { code, steps } = await smoke(dir, `CHROMIUM='${chromium}' exec '${process.execPath}' '${standIn}' "$@"`);
  expect(steps.trim().split('\n')).toEqual([
    'started: the board shows the order',
    'a tap reached the server',
    'a second start handed its link to the first, and ended',
    'killed and started again: the board is back',
    'quit',
  ]);
  expect(code).toBe(0);
});

test('the smoke test of a package finds that a program does not start', async ({ dir }) => {
  const { code, error } = await smoke(dir, 'echo libgbm.so.1 is missing; exit 127');
  expect(error).toContain('libgbm.so.1 is missing');
  expect(code).toBe(1);
});
