import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { installedElectron } from './electron-binary.ts';
import { fetchElectron } from './fetch-electron.ts';

/** Electron's own installer in a copy of its package, with a small binary on a mirror of ours. */
const REPOSITORY = join(import.meta.dirname, '../..');
const PACKAGE = join(REPOSITORY, 'node_modules/electron');
const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
const NAME = `electron-v${version}-${process.platform}-${process.arch}.zip`;
const ZIP = Buffer.from(
  zipSync({
    electron: [strToU8('#!/bin/sh\n'), { os: 3, attrs: 0o755 << 16 }],
    version: strToU8(version),
    'resources/default_app.asar': new Uint8Array(200_000),
  }),
);
const PATIENCE = { timeout: 20_000, interval: 50 };

let root: string;
let said: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fetch-'));
  const home = join(root, 'node_modules/electron');
  mkdirSync(home, { recursive: true });
  for (const file of ['package.json', 'install.js']) cpSync(join(PACKAGE, file), join(home, file));
  const checksum = createHash('sha256').update(ZIP).digest('hex');
  writeFileSync(join(home, 'checksums.json'), JSON.stringify({ [NAME]: checksum }));
  for (const scope of ['@electron', '@electron-internal'])
    symlinkSync(join(REPOSITORY, 'node_modules', scope), join(root, 'node_modules', scope), 'junction');
  symlinkSync(join(REPOSITORY, 'scripts'), join(root, 'scripts'), 'junction');
  writeFileSync(join(root, 'package.json'), '{}');
  said = [];
  for (const [name, value] of Object.entries({ DISPLAY: ':0', CI: '', SSH_CONNECTION: '' })) vi.stubEnv(name, value);
  vi.stubEnv('electron_config_cache', join(root, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

/** Starts a server until the end of the test; its address. */
async function serve(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
/** A mirror of Electron's downloads. */
const mirror = (answer: (response: ServerResponse, request: IncomingMessage) => void) =>
  serve(createServer((request, response) => answer(response, request)));
const whole = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': ZIP.length }).end(ZIP);
};

/** Fetches; resolves with the last line that is said. */
async function fetched(stalledMs?: number): Promise<string> {
  const running = fetchElectron(root, join(root, 'electron.log'), (line) => said.push(line), stalledMs);
  onTestFinished(() => running?.stop());
  expect(running).not.toBeNull();
  await expect.poll(() => said.at(-1), PATIENCE).toMatch(/^Electron/);
  return said.at(-1) ?? '';
}

describe.skipIf(process.platform === 'win32')('Electron is fetched', () => {
  test('from a mirror, and is then installed, with its progress in a few lines', async () => {
    const paths: unknown[] = [];
    vi.stubEnv(
      'ELECTRON_MIRROR',
      await mirror((response, { url }) => {
        paths.push(url);
        whole(response);
      }),
    );
    expect(installedElectron(root)).toBeNull();
    expect(await fetched()).toBe('Electron is here: the next start opens a window.');
    expect(paths).toEqual([`/v${version}/${NAME}`]);
    expect(said.length).toBeLessThan(7);
    expect(installedElectron(root)).toBe(join(root, 'node_modules/electron/dist/electron'));
    expect(fetchElectron(root, join(root, 'electron.log'), (line) => said.push(line))).toBeNull();
  });

  test('through the proxy of the environment', async () => {
    const target = await mirror(whole);
    const asked: unknown[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url);
      whole(response);
    });
    proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
      asked.push(request.url);
      const upstream = connect(Number(new URL(target).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
    });
    vi.stubEnv('ELECTRON_MIRROR', 'http://mirror.invalid/');
    vi.stubEnv('HTTP_PROXY', await serve(proxy));
    vi.stubEnv('NO_PROXY', '');
    expect(await fetched()).toBe('Electron is here: the next start opens a window.');
    expect(String(asked)).toContain('mirror.invalid');
  });

  test.each([
    ['is not there', (response: ServerResponse) => void response.writeHead(404).end(), 'does not have this version'],
    ['is another one', (response: ServerResponse) => void response.end('PK'), 'not the one that Electron published'],
  ])('not when the file %s, and says what to do', async (_, answer, words) => {
    vi.stubEnv('ELECTRON_MIRROR', await mirror(answer));
    const last = await fetched();
    expect(last).toContain('Electron could not be fetched, so the board stays in the browser.');
    expect(last).toContain(words);
    expect(said).toHaveLength(2);
    expect(installedElectron(root)).toBeNull();
  });

  test('at the next start after a download that stopped in the middle', async () => {
    const half = (response: ServerResponse) =>
      void response.writeHead(200, { 'content-length': ZIP.length }).write('PK');
    vi.stubEnv('ELECTRON_MIRROR', await mirror(half));
    expect(await fetched(500)).toContain('does not answer');
    expect(installedElectron(root)).toBeNull();
    vi.stubEnv('ELECTRON_MIRROR', await mirror(whole));
    said = [];
    expect(await fetched()).toBe('Electron is here: the next start opens a window.');
  });

  test.each([
    ['over SSH', 'SSH_CONNECTION'],
    ['if its own variable forbids it', 'ELECTRON_SKIP_BINARY_DOWNLOAD'],
  ])('not %s', (_, name) => {
    vi.stubEnv(name, '1');
    expect(fetchElectron(root, join(root, 'electron.log'), (line) => said.push(line))).toBeNull();
    expect(said).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a binary', () => {
  const dist = () => join(root, 'node_modules/electron/dist');
  const lay = (has: { version?: string; path?: boolean }) => {
    mkdirSync(dist(), { recursive: true });
    writeFileSync(join(dist(), 'electron'), '');
    if (has.version) writeFileSync(join(dist(), 'version'), has.version);
    if (has.path) writeFileSync(join(root, 'node_modules/electron/path.txt'), 'electron');
  };

  test.each([
    ['whose unpacking was interrupted', { version }, false],
    ['of another version', { version: '1.0.0', path: true }, false],
    ['without a version', { path: true }, false],
    ['that is whole', { version: `v${version}`, path: true }, true],
  ])('%s counts: %o %s', (_, has, counts) => {
    lay(has);
    expect(installedElectron(root, {}) !== null).toBe(counts);
  });
});
