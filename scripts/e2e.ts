import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { BUILDS, PAGES, SCREEN } from './start/builds.ts';
import { installedElectron } from './start/electron-binary.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/**
 * `npm run test:e2e -- …`: runs the specs of test/e2e in a real browser and, if it is installed, in Electron. Passes arguments
 * after `--` to Playwright.
 */
const root = join(import.meta.dirname, '..');
const say = (line: string): void => console.log(line);

try {
  const path = await findChromium(say);
  const electron = installedElectron(root);
  say(
    electron
      ? `Electron: ${electron}`
      : 'Electron: no binary here, so all electron specs are skipped; npx install-electron fetches one',
  );
  // Build once, before many hosts start at the same time.
  for (const build of [...(electron ? BUILDS : [SCREEN]), PAGES]) await ensureBuilt(root, build, say);
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const args = process.argv.slice(2);
  // Going through them to skip each takes ten seconds.
  if (!electron && !args.some((arg) => arg.startsWith('--project'))) args.push('--project=browser');
  const child = spawn(process.execPath, [cli, 'test', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      CHROMIUM: path,
      // Many hosts are started; they load their compiled modules from here.
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node-compile'),
    },
  });
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
