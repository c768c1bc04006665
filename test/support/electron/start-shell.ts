import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import logger from 'electron-log/node';
import { afterEach, beforeAll, expect, vi } from 'vitest';
import type { Carrier } from '#contract/bridge.ts';
import { SCREEN_ORIGIN } from '#contract/ipc.ts';
import { boot } from '#main/boot.ts';
import { SHELL } from '../../../scripts/start/builds.ts';
import { ensureBuilt } from '../../../scripts/start/ensure-built.ts';
import { type FakeElectronOptions, fakeElectron } from './fake-electron.ts';
import type { FakeFrame } from './fake-ipc.ts';

const root = join(import.meta.dirname, '../../..');
const OUR_PAGE: FakeFrame = { origin: SCREEN_ORIGIN, parent: null };

/** What a test has started; ended after it, the last first. */
export const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const last of undo.splice(0).reverse()) await last();
});

/** The preload script as it is shipped: one CommonJS file that may ask for `electron` and nothing else. */
let preload: string;
beforeAll(async () => {
  preload = await readFile(join(await ensureBuilt(root, SHELL, () => {}), 'preload.cjs'), 'utf8');
}, 120_000);

function screenFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'screen-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Board</title>');
  writeFileSync(join(dir, 'assets', 'bell.mp3'), 'ding');
  return dir;
}

/** Boots the shell on the double, as Electron does: the script runs, then it is ready. */
export async function startShell(
  over: Partial<FakeElectronOptions> = {},
  env: Record<string, string> = {},
  platform: NodeJS.Platform = 'linux',
) {
  const userData = over.userData ?? mkdtempSync(join(tmpdir(), 'shell-'));
  const fake = fakeElectron({ ...over, userData });
  undo.push(() => quit(fake));
  const booted = boot({
    electron: fake.electron,
    logger: logger.create({ logId: userData }) as typeof logger,
    screenDir: screenFolder(),
    preload: '/preload.cjs',
    trayIcons: join(root, 'build/tray'),
    env,
    platform,
  });
  const beforeReady = { sandboxed: fake.state.sandboxed, schemes: fake.schemes.map(({ scheme }) => scheme) };
  fake.becomeReady();
  return { ...fake, userData, beforeReady, started: await booted };
}
type Shell = Awaited<ReturnType<typeof startShell>>;

/** Until it has ended. */
export async function quit(fake: Pick<Shell, 'electron' | 'state'>): Promise<void> {
  fake.electron.app.quit();
  await vi.waitFor(() => expect(fake.state.exitCode).not.toBeNull());
}

/** What the page of the first window finds on `window.bridge`. */
export function bridgeOf(shell: Shell, frame: FakeFrame | null = OUR_PAGE): Carrier {
  const window = shell.windows[0];
  if (!window) throw new Error('no window');
  const { ipcRenderer, contextBridge, world } = shell.ipc.rendererOf(window.contents, window.toPage, frame);
  const require = (name: string) => {
    if (name === 'electron') return { ipcRenderer, contextBridge };
    throw new Error(`module not found: ${name}`);
  };
  new Function('require', 'module', 'exports', preload)(require, { exports: {} }, {});
  expect(Object.keys(world)).toEqual(['bridge']);
  return world.bridge as Carrier;
}
