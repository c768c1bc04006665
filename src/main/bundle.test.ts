import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { SCREEN, SHELL } from '../../scripts/start/builds.ts';
import { ensureBuilt } from '../../scripts/start/ensure-built.ts';

const root = join(import.meta.dirname, '../..');
let shell: string;
beforeAll(async () => {
  shell = await ensureBuilt(root, SHELL, () => {});
  await ensureBuilt(root, SCREEN, () => {});
}, 120_000);

test('the built program starts, opens its databases with the unbundled native module, and quits', async () => {
  const data = mkdtempSync(join(tmpdir(), 'bundle-'));
  const double = pathToFileURL(join(root, 'test/support/electron/register-electron.ts')).href;
  const program = spawn(process.execPath, ['--import', double, join(shell, 'main.js')], {
    cwd: tmpdir(),
    env: { ...process.env, TICKETRAIL_DATA: data },
  });
  let output = '';
  program.stderr.on('data', (text) => {
    output += text;
  });
  program.stdout.on('data', (text) => {
    output += text;
    if (output.includes('display ready')) program.kill('SIGTERM');
  });
  const code = await new Promise((resolve) => program.on('exit', resolve));
  expect({ code, output }).toEqual({ code: 0, output: 'display ready\n' });
  expect(readdirSync(data)).toEqual(expect.arrayContaining(['cache.db', 'queue.db']));
});

test('the picture of a window on Linux is beside those of the tray', () => {
  expect(readdirSync(join(shell, 'tray'))).toContain('window.png');
});

test('the bundle requires only Electron, what has native code, and Node at run time', () => {
  const scripts = ['main.js', ...readdirSync(join(shell, 'lazy')).map((name) => `lazy/${name}`)];
  const asked = scripts.flatMap((name) =>
    [
      ...readFileSync(join(shell, name), 'utf8').matchAll(
        /(?:\bfrom ?|\bimport ?\(?|\b(?:__)?require\()["'`]([a-z@][\w@/:-]*)["'`]/g,
      ),
    ].map(([, asked]) => asked),
  );
  const ours = new Set(asked.filter((name) => !builtinModules.includes(String(name).replace(/^node:/, ''))));
  // `ws` tries to load `bufferutil` and `utf-8-validate`, and works without them.
  expect([...ours].sort()).toEqual(['@resvg/resvg-js', 'better-sqlite3', 'bufferutil', 'electron', 'utf-8-validate']);
});

test('the preload script requires only electron and contains no schemas', () => {
  const preload = readFileSync(join(shell, 'preload.cjs'), 'utf8');
  expect([...preload.matchAll(/require\(["'](.*?)["']\)/g)].map(([, name]) => name)).toEqual(['electron']);
  expect(preload.length).toBeLessThan(2_000);
});
