import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { describe, expect, test } from 'vitest';
import { isSigned } from '#main/update-signature.ts';
import { signFeed } from './sign-feed.ts';

/** As electron-builder writes it. */
const LATEST = `version: 0.2.0
files:
  - url: ticketrail-0.2.0-linux-x86_64.AppImage
    sha512: GZiE6vn0o3gF8oP5bJ5p0w==
    size: 104857600
    blockMapSize: 110592
  - url: ticketrail-0.2.0-linux-amd64.deb
    sha512: aRRfNd1rLxYJm8wK4hDmDA==
    size: 73400320
path: ticketrail-0.2.0-linux-x86_64.AppImage
sha512: GZiE6vn0o3gF8oP5bJ5p0w==
releaseDate: '2026-11-21T10:00:00.000Z'
`;
const keys = () =>
  generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
const { privateKey, publicKey } = keys();
const ours = publicKey.toString('base64');

/** The signed file, as a display's updater reads it from a server. */
async function signed(change: (text: string) => string = (text) => text) {
  const dir = mkdtempSync(join(tmpdir(), 'feed-'));
  writeFileSync(join(dir, 'latest-linux.yml'), LATEST);
  writeFileSync(join(dir, 'builder-debug.yml'), 'x: y\n');
  await signFeed(dir, privateKey, 20);
  const text = change(readFileSync(join(dir, 'latest-linux.yml'), 'utf8'));
  return parseUpdateInfo(text, 'latest-linux.yml', new URL('https://updates.example/'));
}

describe('an update', () => {
  test('is accepted with our signature, for its share of displays', async () => {
    const update = await signed();
    expect(isSigned(update, ours)).toBe(true);
    expect(update).toMatchObject({ version: '0.2.0', stagingPercentage: 20 });
  });

  test('is still accepted when its share is raised', async () => {
    expect(isSigned(await signed((text) => text.replace('Percentage: 20', 'Percentage: 100')), ours)).toBe(true);
  });

  test.each<[string, (text: string) => string]>([
    ['another version', (text) => text.replace('version: 0.2.0', 'version: 9.9.9')],
    ['other content', (text) => text.replaceAll('GZiE6vn0', 'AAAAAAAA')],
    ['another file', (text) => text.replaceAll('linux-amd64.deb', 'evil.deb')],
    ['a file more', (text) => text.replace('path:', '  - url: evil\n    sha512: x\n    size: 1\npath:')],
    ['no signature', (text) => text.replace(/signature: .*\n/, '')],
    ['an invalid signature', (text) => text.replace(/signature: .*\n/, 'signature: AAAA\n')],
    ['a signature that is a number', (text) => text.replace(/signature: .*\n/, 'signature: 7\n')],
  ])('with %s is not', async (_, change) => {
    expect(isSigned(await signed(change), ours)).toBe(false);
  });

  test('is refused with another signature, or without a key', async () => {
    const update = await signed();
    expect(isSigned(update, keys().publicKey.toString('base64'))).toBe(false);
    expect(isSigned(update, '')).toBe(false);
  });
});

test('throws for a folder without a feed and for a file that is not a feed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'feed-'));
  await expect(signFeed(dir, privateKey, 100)).rejects.toThrow('no latest.yml');
  writeFileSync(join(dir, 'latest.yml'), 'hello: world\n');
  await expect(signFeed(dir, privateKey, 100)).rejects.toThrow('not what an updater reads');
});
