import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import logger from 'electron-log/node';
import { boot } from '#main/boot.ts';
import type { BootOptions } from '#main/boot-options.ts';
import { until } from '../until.ts';
import { type FakeElectronOptions, fakeElectron } from './fake-electron.ts';

const ROOT = join(import.meta.dirname, '../../..');

function screenFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'screen-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Board</title>');
  writeFileSync(join(dir, 'assets', 'bell.mp3'), 'ding');
  return dir;
}

/** Boots the shell on the fake, as Electron does: the script runs, then the app is ready. The caller must end it. */
export async function bootShell(
  over: Partial<FakeElectronOptions & Pick<BootOptions, 'screenDir' | 'updates'>> = {},
  env: Record<string, string> = {},
  platform: NodeJS.Platform = 'linux',
  args: string[] = [],
) {
  const userData = over.userData ?? mkdtempSync(join(tmpdir(), 'shell-'));
  const program = Object.assign(new EventEmitter(), { argv: ['ticketrail', ...args] });
  const fake = fakeElectron({ ...over, userData, platform });
  const booted = boot({
    electron: fake.electron,
    logger: logger.create({ logId: userData }) as typeof logger,
    screenDir: over.screenDir ?? screenFolder(),
    preload: '/preload.cjs',
    trayIcons: join(ROOT, 'build/tray'),
    program,
    updates: over.updates ?? null,
    env,
    platform,
    trustSystem: () => {},
    hasTrayHost: async () => over.trayHost ?? true,
  });
  const beforeReady = { sandboxed: fake.state.sandboxed, schemes: fake.schemes.map(({ scheme }) => scheme) };
  fake.becomeReady();
  const end = async (): Promise<void> => {
    fake.electron.app.quit();
    await until('the end of the shell', () => fake.state.exitCode !== null, 10_000);
  };
  return { ...fake, program, userData, beforeReady, booted, end };
}
export type BootedShell = Awaited<ReturnType<typeof bootShell>>;
