import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

const ROOT = join(import.meta.dirname, '../..');
/** The marker that `@electron/fuses` looks for, then version 1, nine fuses, and Electron's defaults. */
const FUSES = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100010'),
]);
const LOCALES = ['af', 'am', 'ar', 'de', 'en-GB', 'en-US', 'es', 'es-419', 'fr', 'ru', 'th', 'zh-CN'];
const MAC_LOCALES = ['ar', 'de', 'en', 'en_GB', 'es', 'es_419', 'ru', 'th'];

/**
 * An unpacked Electron with all its files in place, which electron-builder can pack but nothing can run. For Windows the
 * program is a real PE file (one of our native modules), because electron-builder writes its resources. For macOS it has one
 * of Electron's helpers, and no symbolic links.
 *
 * @returns its folder
 */
export function standInElectron(dir: string, platform: 'linux' | 'mac' | 'win'): string {
  if (platform === 'mac') {
    writeMacApp(join(dir, 'Electron.app'));
    return dir;
  }
  mkdirSync(join(dir, 'locales'), { recursive: true });
  mkdirSync(join(dir, 'resources'));
  for (const name of LOCALES) writeFileSync(join(dir, 'locales', `${name}.pak`), name);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'icudtl.dat', 'resources.pak'])
    writeFileSync(join(dir, name), name);
  if (platform === 'linux') {
    writeFileSync(join(dir, 'electron'), Buffer.concat([Buffer.from('\x7fELF stand-in '), FUSES]), { mode: 0o755 });
    writeFileSync(join(dir, 'chrome-sandbox'), 'chrome-sandbox', { mode: 0o755 });
  } else writeFileSync(join(dir, 'electron.exe'), Buffer.concat([programWithVersion(), FUSES]));
  return dir;
}

function writeMacApp(app: string): void {
  const bundle = (path: string, program: string): void => {
    mkdirSync(join(path, 'Contents/MacOS'), { recursive: true });
    writeFileSync(join(path, 'Contents/MacOS', program), program, { mode: 0o755 });
    writeFileSync(join(path, 'Contents/Info.plist'), '<plist version="1.0"><dict/></plist>');
  };
  bundle(app, 'Electron');
  const frameworks = join(app, 'Contents/Frameworks');
  const framework = join(frameworks, 'Electron Framework.framework');
  bundle(join(frameworks, 'Electron Helper.app'), 'Electron Helper');
  for (const resources of [join(app, 'Contents/Resources'), join(framework, 'Versions/A/Resources')])
    for (const name of MAC_LOCALES) {
      mkdirSync(join(resources, `${name}.lproj`), { recursive: true });
      writeFileSync(join(resources, `${name}.lproj`, 'locale.pak'), name);
    }
  writeFileSync(join(framework, 'Electron Framework'), FUSES);
}

function programWithVersion(): Buffer {
  const pe = NtExecutable.from(readFileSync(join(ROOT, 'node_modules/better-sqlite3/prebuilds/win32-x64.node')));
  const resources = NtExecutableResource.from(pe);
  const version = Resource.VersionInfo.create(1033, {}, [
    { lang: 1033, codepage: 1200, values: { ProductName: 'Electron' } },
  ]);
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(pe);
  return Buffer.from(pe.generate());
}
