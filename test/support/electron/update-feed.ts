import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, request, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { AppImageUpdater } from 'electron-updater';
import { onTestFinished, vi } from 'vitest';
import { signedWords } from '#main/update-signature.ts';

const require = createRequire(import.meta.url);
const IMAGE = 'Ticketrail-0.2.0.AppImage';

/** An AppImage that leaves a file beside it when it starts. Its AppRun ends at once if it was only to be installed. */
const program = '#!/bin/sh\n[ -n "$APPIMAGE_EXIT_AFTER_INSTALL" ] || touch "$(dirname "$0")/started"\n';

/** Parts of `latest-linux.yml`, which is JSON here, since YAML contains it. */
interface Feed {
  version?: string;
  stagingPercentage?: number;
  packages?: object;
}

/** A feed on this machine with one update. Its parts may be changed. */
export async function startFeed(feed: Feed = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const state = {
    signature: 'good' as 'good' | 'none' | 'of another version',
    file: ((response) => response.end(program)) as (response: ServerResponse) => void,
    asked: [] as string[],
  };
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://feed');
    state.asked.push(pathname);
    if (pathname === '/latest-linux.yml') return void response.end(latest(feed, state.signature, privateKey));
    return pathname === `/${IMAGE}` ? state.file(response) : void response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return { state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key };
}

function latest({ version = '0.2.0', ...rest }: Feed, signature: string, key: KeyObject): string {
  const files = [{ url: IMAGE, sha512: createHash('sha512').update(program).digest('base64'), size: program.length }];
  const signed = signature === 'good' ? version : '0.1.9';
  const words = sign(null, signedWords({ version: signed, files }), key).toString('base64');
  return JSON.stringify({ version, files, ...(signature === 'none' ? {} : { signature: words }), ...rest });
}

/** An installed AppImage with the version in its name; `newImage` is the name of its update. */
export function installImage() {
  const dir = mkdtempSync(join(tmpdir(), 'image-'));
  const image = join(dir, 'Ticketrail-0.1.0.AppImage');
  writeFileSync(image, 'old');
  return { dir, image, newImage: join(dir, IMAGE), started: join(dir, 'started') };
}

/**
 * The real updater of an AppImage, on a fake app and Node's HTTP instead of Chromium's. It finds its Electron in Node's module
 * cache until the test is finished.
 */
export function realUpdater(app: App, { dir, image }: ReturnType<typeof installImage>, feedUrl: string) {
  vi.stubEnv('APPIMAGE', image);
  vi.stubEnv('XDG_CACHE_HOME', join(dir, 'cache'));
  const path = require.resolve('electron');
  const exports = { app, net: { request }, session: { fromPartition: () => null }, autoUpdater: { emit: () => true } };
  const before = require.cache[path];
  require.cache[path] = { exports, loaded: true, id: path, filename: path } as NodeJS.Module;
  onTestFinished(() => {
    vi.unstubAllEnvs();
    delete require.cache[path];
    if (before) require.cache[path] = before;
  });
  const config = join(dir, 'app-update.yml');
  writeFileSync(config, JSON.stringify({ provider: 'generic', url: feedUrl, updaterCacheDirName: 'ticketrail' }));
  const updater = new AppImageUpdater();
  updater.updateConfigPath = config;
  updater.disableDifferentialDownload = true;
  return updater;
}
