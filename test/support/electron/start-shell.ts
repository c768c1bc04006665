import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Carrier } from '#contract/bridge.ts';
import { SCREEN_ORIGIN } from '#contract/ipc.ts';
import { SHELL } from '../../../scripts/start/builds.ts';
import { ensureBuilt } from '../../../scripts/start/ensure-built.ts';
import { bootShell } from './boot-shell.ts';
import type { FakeFrame } from './fake-ipc.ts';

const root = join(import.meta.dirname, '../../..');
const OUR_PAGE: FakeFrame = { origin: SCREEN_ORIGIN, parent: null };

/** The preload script as shipped: one CommonJS file that may require only `electron`. */
let preload = '';

/** The shell on the fake; ended after the test. */
export async function startShell(...how: Parameters<typeof bootShell>) {
  preload ||= await readFile(join(await ensureBuilt(root, SHELL, () => {}), 'preload.cjs'), 'utf8');
  const shell = await bootShell(...how);
  onTestFinished(shell.end);
  const booted = await shell.booted;
  return { ...shell, booted, started: booted !== null };
}
type Shell = Awaited<ReturnType<typeof startShell>>;

/** Waits until it has ended. */
export const quit = (shell: Pick<Shell, 'end'>): Promise<void> => shell.end();

/** A page's `window.bridge`; of the first window by default. */
export function bridgeOf(shell: Shell, frame: FakeFrame | null = OUR_PAGE, at = 0): Carrier {
  const window = shell.windows[at];
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
