import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ALREADY_RUNNING } from '#main/setup-identity.ts';
import { BUILDS } from './start/builds.ts';
import { ensureBuilt } from './start/ensure-built.ts';

const root = join(import.meta.dirname, '..');
beforeAll(async () => {
  for (const build of BUILDS) await ensureBuilt(root, build, () => {});
}, 120_000);

/** `npm run display` as a child process, with a program called `electron`. */
async function display(script: string, ...args: string[]) {
  const dist = mkdtempSync(join(tmpdir(), 'electron-'));
  writeFileSync(join(dist, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist, DISPLAY: ':0', CI: '', SSH_CONNECTION: '' };
  const child = spawn(process.execPath, [join(root, 'scripts/display.ts'), ...args], { cwd: dist, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output += text;
    });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  return { dist, output, code };
}

describe.skipIf(process.platform === 'win32')('npm run display', () => {
  test('says that the display is already running instead of opening the browser host', async () => {
    const output = 'The display is already running; its window is in front now.\n';
    expect(await display(`exit ${ALREADY_RUNNING}`)).toMatchObject({ output, code: 0 });
  });

  test('passes the data folder, also the default one', async () => {
    const script = 'echo "$TICKETRAIL_DATA" > "$(dirname "$0")/given"; echo display ready';
    const { dist, code } = await display(script);
    expect([readFileSync(join(dist, 'given'), 'utf8').trim(), code]).toEqual([join(dist, 'data/display'), 0]);
    const other = await display(script, '--data', 'here');
    expect(readFileSync(join(other.dist, 'given'), 'utf8').trim()).toBe(join(other.dist, 'here'));
  });
});
