import { execFile, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { extractAll, extractFile, getRawHeader } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { NtExecutable, NtExecutableResource } from 'resedit';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { testPage } from '#contract/test-page.ts';
import { startFakePrinter } from '#paper/testing/fake-printer.ts';
import { standInElectron } from '#test/support/stand-in-electron.ts';
import { BUILDS, SHELL } from '../start/builds.ts';
import { ensureBuilt } from '../start/ensure-built.ts';
import { bootOrder } from './boot-order.ts';
import { listPacked, type PackedFile } from './list-packed.ts';
import { pack } from './pack.ts';

const root = join(import.meta.dirname, '../..');
const KB = 1024;
/** How fuses are stored, in ASCII. */
const [OFF, ON] = [48, 49];
const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'der' },
});

const temporary = mkdtempSync(join(tmpdir(), 'packed-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));
beforeAll(async () => {
  for (const one of BUILDS) await ensureBuilt(root, one, () => {});
}, 240_000);

/** Packs the built program around an Electron in which nothing runs. */
async function packFor(platform: 'linux' | 'win'): Promise<string> {
  const output = join(temporary, platform);
  await pack({
    root,
    output,
    platforms: [platform],
    dir: true,
    electronDist: standInElectron(join(temporary, `electron-${platform}`), platform),
    updates: { url: 'https://updates.example/ticketrail', key: privateKey, share: undefined },
  });
  // For another processor, the folder's name contains it.
  const [unpacked = ''] = readdirSync(output).filter((name) => name.endsWith('-unpacked'));
  return join(output, unpacked);
}

const PROGRAMS = { linux: 'ticketrail', win: 'Ticketrail.exe' };
const NATIVE = { linux: `linux-${process.arch}.node`, win: `win32-${process.arch}.node` };

describe.each(['linux', 'win'] as const)('the program packed for %s', (platform) => {
  let dir: string;
  let files: PackedFile[];
  let archive: string;
  beforeAll(async () => {
    dir = await packFor(platform);
    files = listPacked(dir);
    archive = join(dir, 'resources/app.asar');
  }, 240_000);

  it('contains only files with a known purpose: no sources, no tests, no server, no duplicates', () => {
    expect(files.filter(({ why }) => why === null)).toEqual([]);
    const paths = files.map(({ path }) => path);
    expect(paths.filter((path) => /\.(ts|tsx|map|md)$|socket-carrier|\.sources/.test(path))).toEqual([]);
    const packages = new Set(paths.flatMap((path) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
    // What draws tickets has another package for each system; npm installs the one of this machine.
    const others = [...packages].filter((name) => !name.startsWith('@fontsource/noto-sans'));
    expect(others.sort()).toEqual([
      '@resvg/resvg-js',
      ...(platform === process.platform ? [`@resvg/resvg-js-linux-${process.arch}-gnu`] : []),
      'better-sqlite3',
    ]);
  });

  it('contains native parts for its system only, outside the archive', () => {
    const native = files.flatMap(({ path }) => /app\.asar\.unpacked\/node_modules\/(.*\.node)$/.exec(path)?.[1] ?? []);
    const name = `linux-${process.arch}-gnu`;
    expect(native.sort()).toEqual([
      ...(platform === process.platform ? [`@resvg/resvg-js-${name}/resvgjs.${name}.node`] : []),
      `better-sqlite3/prebuilds/${NATIVE[platform]}`,
    ]);
    expect(files.filter(({ path }) => path.endsWith('.node'))).toHaveLength(native.length);
  });

  it('adds at most 9.6 MB to Electron, nearly half of it to draw tickets for printers', () => {
    const ours = files.filter(({ path }) => path.startsWith('resources/'));
    const bytes = (path: RegExp) =>
      ours.filter((file) => path.test(file.path)).reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes(/./)).toBeLessThan(9_600 * KB);
    expect(bytes(/shell\/main\.js/)).toBeLessThan(700 * KB);
    expect(bytes(/shell\/lazy\//)).toBeLessThan(800 * KB);
    expect(bytes(/renderer\//)).toBeLessThan(1_300 * KB);
    expect(bytes(/better-sqlite3.*\.node$/)).toBeLessThan(2_500 * KB);
    expect(bytes(/@resvg/)).toBeLessThan(4_400 * KB);
    expect(bytes(/@fontsource/)).toBeLessThan(400 * KB);
  });

  it('contains Chromium locales for the screen’s languages only', () => {
    const locales = files.flatMap(({ path }) => /^locales\/(.+)\.pak$/.exec(path)?.[1] ?? []);
    expect(locales.sort()).toEqual(['ar', 'en-US', 'es', 'es-419', 'ru', 'th']);
  });

  it('has its fuses set: no Node, no inspector, no options, nothing but its own archive, checked where that can be', async () => {
    const wire = await getCurrentFuseWire(join(dir, PROGRAMS[platform]));
    const states = Object.fromEntries(
      Object.entries(wire).map(([fuse, state]) => [FuseV1Options[Number(fuse)], state]),
    );
    expect(states).toMatchObject({
      RunAsNode: OFF,
      EnableCookieEncryption: OFF,
      EnableNodeOptionsEnvironmentVariable: OFF,
      EnableNodeCliInspectArguments: OFF,
      EnableEmbeddedAsarIntegrityValidation: ON,
      OnlyLoadAppFromAsar: ON,
      LoadBrowserProcessSpecificV8Snapshot: OFF,
      GrantFileProtocolExtraPrivileges: OFF,
    });
  });

  it('contains its name, its entry file and the public update key, and no private key', () => {
    const { name, main, updateKey, ...rest } = JSON.parse(extractFile(archive, 'package.json').toString());
    expect({ name, main, updateKey }).toEqual({
      name: 'ticketrail',
      main: 'dist/shell/main.js',
      updateKey: publicKey.toString('base64'),
    });
    expect(rest).not.toHaveProperty('devDependencies');
    expect(readFileSync(archive, 'latin1')).not.toContain('PRIVATE KEY');
  });

  // For Windows it is written with the installer, not with the unpacked program.
  test.runIf(platform === 'linux')('contains the address of the update feed', () => {
    const feed = readFileSync(join(dir, 'resources/app-update.yml'), 'utf8');
    expect(feed).toContain('provider: generic\nurl: https://updates.example/ticketrail\nchannel: latest');
  });

  test.runIf(platform === 'win')('carries the sum of its archive in itself, for Windows to check', () => {
    const pe = NtExecutable.from(readFileSync(join(dir, PROGRAMS.win)));
    const entry = NtExecutableResource.from(pe).entries.find(({ type }) => type === 'INTEGRITY');
    const { headerString } = getRawHeader(archive);
    expect(JSON.parse(Buffer.from(entry?.bin ?? new ArrayBuffer(0)).toString())).toEqual([
      { file: 'resources\\app.asar', alg: 'SHA256', value: createHash('sha256').update(headerString).digest('hex') },
    ]);
  });

  const runs = test.runIf(platform === 'linux' && process.platform === 'linux');
  const alone = join(temporary, 'alone');
  const double = pathToFileURL(join(root, 'test/support/electron/register-electron.ts')).href;
  runs('starts from its own files alone', async () => {
    extractAll(archive, alone);
    cpSync(`${archive}.unpacked`, alone, { recursive: true });
    const data = join(temporary, 'data');
    const program = spawn(process.execPath, ['--import', double, join(alone, 'dist/shell/main.js')], {
      cwd: alone,
      env: { PATH: process.env.PATH, TICKETRAIL_DATA: data },
    });
    let printed = '';
    for (const stream of [program.stdout, program.stderr])
      stream.on('data', (text) => {
        printed += text;
        if (printed.includes('display ready')) program.kill('SIGTERM');
      });
    const code = await new Promise((resolve) => program.on('exit', resolve));
    expect({ code, printed }).toEqual({ code: 0, printed: 'display ready\n' });
    expect(existsSync(join(data, 'queue.db'))).toBe(true);
  });

  runs('prints a ticket from its own files alone', async () => {
    const printer = await startFakePrinter();
    const model = { address: printer.address, columns: 48, dots: 576, encoding: 'raster', command: 'escpos' };
    const order = testPage({
      storeId: 'main',
      printer: 'ხაჭაპური ข้าวผัด شاورما',
      currency: 'GEL',
      at: '2026-11-21T10:00:00.000Z',
    });
    const ticket = { order, headings: ['test'], store: { name: 'Main', timeZone: 'Asia/Tbilisi' }, language: 'ka' };
    const code = `const { printTicket } = await import('./dist/shell/lazy/print-ticket.js');
      const { signal } = new AbortController();
      console.log((await printTicket(${JSON.stringify(model)}, ${JSON.stringify(ticket)}, { signal })).kind);
      process.exit(0);`;
    // The chunk shares code with `main.js`, which starts the program.
    const program = promisify(execFile)(process.execPath, ['--import', double, '--input-type=module', '--eval', code], {
      cwd: alone,
      env: { PATH: process.env.PATH, TICKETRAIL_DATA: join(temporary, 'printing') },
    });
    expect((await program).stdout).toContain('printed\n');
    expect(printer.jobs.map(({ cuts, bands }) => [cuts, bands.length > 0])).toEqual([[1, true]]);
    await printer.stop();
  });
});

describe('the start order', () => {
  it('loads only the program and the database before the window, and the rest on demand', async () => {
    const shell = join(root, SHELL.dir);
    const files = (await bootOrder(shell)).filter(({ name }) => !name.startsWith('node:'));
    expect(files.filter(({ early }) => !early)).toEqual([]);
    const ours = files.map(({ name }) => name).filter((name) => !name.startsWith('better-sqlite3/lib/'));
    // The bundler's few helpers for CommonJS are shared by `main.js` and what it loads later.
    expect(ours.sort()).toEqual(['lazy/rolldown-runtime.js', 'main.js']);
    // fflate's chunk is named after its entry file.
    for (const lazy of ['diagnosis', 'updater', 'esm', 'catch-tickets'])
      expect(existsSync(join(shell, 'lazy', `${lazy}.js`)), lazy).toBe(true);
  });
});

describe('packing stops with one sentence', () => {
  const wrong = (updates: Parameters<typeof pack>[0]['updates']) =>
    pack({ root, output: temporary, platforms: [], dir: true, updates });
  const none = { url: undefined, key: undefined, share: undefined };
  test.each([
    ['a feed without a key', { ...none, url: 'https://updates.example' }, /go together/],
    ['a key without a feed', { ...none, key: privateKey }, /go together/],
    ['a share of 101', { ...none, share: '101' }, /0 to 100/],
    ['a share in words', { ...none, share: 'half' }, /0 to 100/],
  ])('at %s', (_, updates, words) => expect(wrong(updates)).rejects.toThrow(words));
});

describe('configuration kept in two places agrees', () => {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const settings = read('electron-builder.yml');

  test('the id of the program, without which Windows shows no notification', () => {
    const id = /^appId: (\S+)$/m.exec(settings)?.[1];
    expect(read('src/main/setup-identity.ts')).toContain(`INSTALLED = { appId: '${id}'`);
  });

  test('the links that open it, and no files', () => {
    expect(settings).toContain('schemes: [ticketrail]');
    expect(read('src/main/deep-link.ts')).toContain('ticketrail:');
    expect(settings).not.toContain('fileAssociations');
  });

  test('the installers that docs/desktop.md promises', () => {
    expect(settings).toContain('target: [AppImage, deb, rpm]');
    expect(settings).toMatch(/target: dmg\n +arch: universal/);
    expect(settings).toContain('target: nsis');
  });
});
