import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { standInElectron } from '#test/support/stand-in-electron.ts';
import { type StandInTools, standInTools } from '#test/support/stand-in-tools.ts';
import { BUILDS } from '../start/builds.ts';
import { ensureBuilt } from '../start/ensure-built.ts';
import { pack } from './pack.ts';

/** What electron-builder makes of the configuration, with stand-ins for Electron and for the tools that it calls. */
const root = join(import.meta.dirname, '../..');
const { privateKey } = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'der' },
});
const temporary = mkdtempSync(join(tmpdir(), 'installers-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

let tools: StandInTools;

async function packFor(platform: 'linux' | 'mac', dir: boolean): Promise<string> {
  const output = join(temporary, platform);
  await pack({
    root,
    output,
    platforms: [platform],
    dir,
    electronDist: standInElectron(join(temporary, `electron-${platform}`), platform),
    updates: { url: 'https://updates.example/ticketrail', key: privateKey, share: undefined },
  });
  return output;
}

// The stand-ins are shell scripts, and electron-builder takes other tools on a Mac.
describe.runIf(process.platform === 'linux')('with stand-ins for the tools of packaging', () => {
  beforeAll(async () => {
    for (const one of BUILDS) await ensureBuilt(root, one, () => {});
    tools = standInTools(temporary);
    for (const [name, value] of Object.entries(tools.env)) vi.stubEnv(name, value);
  }, 240_000);
  afterAll(() => vi.unstubAllEnvs());

  describe('the packages for Linux', () => {
    let output: string;
    let packages: string[];
    beforeAll(async () => {
      output = await packFor('linux', false);
      packages = readdirSync(output).filter((name) => /\.(AppImage|deb|rpm)$/.test(name));
    }, 240_000);
    const image = () => packages.find((name) => name.endsWith('.AppImage')) ?? '';
    const argumentsOf = (target: string) =>
      tools.calls('fpm').find((args) => args[args.indexOf('-t') + 1] === target) ?? [];

    it('are an AppImage, a deb and an rpm', () => {
      expect(packages.map((name) => name.split('.').at(-1)).sort()).toEqual(['AppImage', 'deb', 'rpm']);
    });

    // electron-updater (AppImageUpdater.doInstall) renames a file whose name contains three numbers.
    it('name the AppImage without a version, so that an update keeps its name', () => {
      expect(image()).toMatch(/^ticketrail-linux-(x86_64|arm64)\.AppImage$/);
      expect(readFileSync(join(output, 'latest-linux.yml'), 'utf8')).toContain(`url: ${image()}\n`);
      expect(packages.filter((name) => name.includes('0.1.0'))).toHaveLength(2);
    });

    it('start the AppImage with its sandbox, on a runtime that it contains', () => {
      expect(tools.desktopFile()).toContain('\nExec=AppRun %U\n');
      expect(tools.desktopFile()).toContain('MimeType=x-scheme-handler/ticketrail;');
      expect(readFileSync(join(output, image()), 'latin1')).toMatch(/^static runtime/);
    });

    it('leave no build ids in the rpm, which other packages also own', () => {
      expect(argumentsOf('rpm')).toContain('--rpm-rpmbuild-define=_build_id_links none');
      expect(argumentsOf('deb').join()).not.toContain('rpmbuild');
    });

    it('depend on the sound library beside the usual ones', () => {
      expect(argumentsOf('deb')).toEqual(expect.arrayContaining(['libgtk-3-0', '--depends=libasound2 (>= 1.0.17)']));
      expect(argumentsOf('rpm')).toEqual(expect.arrayContaining(['gtk3', '--depends=(alsa-lib or libasound2)']));
    });
  });

  describe('the program for macOS', () => {
    let app: string;
    beforeAll(async () => {
      const output = await packFor('mac', true);
      const [folder = ''] = readdirSync(output).filter((name) => name.startsWith('mac'));
      app = join(output, folder, 'Ticketrail.app');
    }, 240_000);

    it('is signed again after its fuses are set, without a certificate', () => {
      const [signed = []] = tools.calls('codesign');
      expect(signed).toEqual(expect.arrayContaining(['--sign', '-', '--force', app]));
    });

    it('keeps Chromium’s English, which is called otherwise there', () => {
      const locales = readdirSync(join(app, 'Contents/Resources')).filter((name) => name.endsWith('.lproj'));
      expect(locales.sort()).toEqual(['ar', 'en', 'es', 'es_419', 'ru', 'th'].map((name) => `${name}.lproj`));
    });

    it('is never put to sleep, and opens the links', () => {
      const info = readFileSync(join(app, 'Contents/Info.plist'), 'utf8');
      expect(info).toMatch(/<key>NSAppSleepDisabled<\/key>\s*<true\/>/);
      expect(info).toMatch(/<key>CFBundleURLSchemes<\/key>\s*<array>\s*<string>ticketrail<\/string>/);
    });
  });
});
