import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findUpdates } from './find-updates.ts';

/** An installed program, with or without a feed and a key for updates. */
function installed(has: { feed: boolean; key: boolean }): { resources: string; appPath: string } {
  const dir = mkdtempSync(join(tmpdir(), 'installed-'));
  if (has.feed) writeFileSync(join(dir, 'app-update.yml'), 'provider: generic\n');
  writeFileSync(join(dir, 'package.json'), JSON.stringify(has.key ? { updateKey: 'k' } : {}));
  return { resources: dir, appPath: dir };
}

const IMAGE = { APPIMAGE: '/opt/Ticketrail.AppImage' };
const whole = { feed: true, key: true };

describe('self-updates', () => {
  test.each([
    ['Windows', 'win32', {}],
    ['macOS', 'darwin', {}],
    ['an AppImage', 'linux', IMAGE],
  ] as const)('%s', (_, platform, env) => {
    expect(findUpdates({ packaged: true, platform, env, ...installed(whole) })).toEqual({ publicKey: 'k' });
  });

  test.each([
    ['a deb or rpm: the system does it', { packaged: true, platform: 'linux', env: {}, ...installed(whole) }],
    ['a program run from its sources', { packaged: false, platform: 'win32', env: {}, ...installed(whole) }],
    [
      'a program packed without a feed',
      { packaged: true, platform: 'win32', env: {}, ...installed({ feed: false, key: true }) },
    ],
    [
      'a program packed without a key',
      { packaged: true, platform: 'win32', env: {}, ...installed({ feed: true, key: false }) },
    ],
  ] as const)('never for %s', (_, source) => expect(findUpdates(source)).toBeNull());
});

describe('the updater', () => {
  const urlOf = (path: string) => pathToFileURL(join(import.meta.dirname, path)).href;
  /** The class of the real electron-updater, beside an archive whose `package-type` is this. */
  function updaterOn(platform: NodeJS.Platform, packageType: string): string {
    const resources = mkdtempSync(join(tmpdir(), 'resources-'));
    writeFileSync(join(resources, 'package-type'), packageType);
    const script = `
      import { loadUpdater } from '${urlOf('find-updates.ts')}';
      Object.defineProperty(process, 'platform', { value: '${platform}' });
      console.log((await loadUpdater('${platform}')).constructor.name);
      process.exit();`;
    const double = urlOf('../../test/support/electron/register-electron.ts');
    const args = ['--import', double, '--input-type=module', '--eval', script];
    return execFileSync(process.execPath, args, { env: { ...process.env, TICKETRAIL_DATA: resources } })
      .toString()
      .trim();
  }

  // app-builder-lib/out/targets/FpmTarget.js writes it for a deb or rpm; electron-updater/out/main.js reads it.
  test.each([
    ['linux', 'AppImageUpdater'],
    ['win32', 'NsisUpdater'],
  ] as const)('on %s is %s, even if a deb was packed from the same folder', (platform, name) =>
    expect(updaterOn(platform, 'deb')).toBe(name),
  );
});
