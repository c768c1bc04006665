import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { electronPath } from './browser/electron-path.ts';
import { findChromium } from './chromium.ts';

/** `npm run test:e2e -- …`: the specs of test/e2e in a real browser and, where there is one, in Electron; words after `--` go to Playwright. */
const root = join(import.meta.dirname, '..');
const say = (line: string): void => console.log(line);

try {
  const path = await findChromium(say);
  const electron = electronPath();
  say(
    electron
      ? `Electron: ${electron}`
      : 'Electron: no binary here, so the electron specs are skipped; npx install-electron fetches one',
  );
  build(electron ? 'scripts/build.ts' : 'scripts/build-renderer.ts');
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const child = spawn(process.execPath, [cli, 'test', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM: path },
  });
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Once, before many hosts start at the same time. */
function build(script: string): void {
  const file = join(root, script);
  if (!existsSync(file)) return;
  const { status } = spawnSync(process.execPath, [file], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${script} failed`);
}
