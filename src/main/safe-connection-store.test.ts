import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type FakeKeyStore, fakeSafeStorage } from '#test/support/electron/fake-safe-storage.ts';
import { createSafeConnectionStore, KEY_STORE_WITHIN_MS } from './safe-connection-store.ts';

const OLD = { serverUrl: 'http://10.0.0.5:4310', token: 'old' };
const NEW = { serverUrl: 'http://10.0.0.6:4310', token: 'new' };

function openStore(keyStore: FakeKeyStore, dir = mkdtempSync(join(tmpdir(), 'seal-'))) {
  const { safeStorage, ...person } = fakeSafeStorage(keyStore, 'linux');
  const reports: string[] = [];
  const log = { info() {}, warn() {}, error() {} };
  const store = createSafeConnectionStore({
    ...{ safeStorage, dataDir: dir, platform: 'linux', log },
    report: (token) => void reports.push(token),
  });
  const files = () => ['connection.json', 'connection.sealed.json'].filter((name) => existsSync(join(dir, name)));
  const sealed = () =>
    Buffer.from(JSON.parse(readFileSync(join(dir, 'connection.sealed.json'), 'utf8')).sealedToken, 'base64').toString();
  return { store, ...person, dir, reports, files, sealed, plain: join(dir, 'connection.json') };
}

/** The next start of the program, with another key store. */
async function storedBefore(keyStore: FakeKeyStore) {
  const { store, dir } = openStore('open');
  await store.write(OLD);
  return openStore(keyStore, dir);
}

test('encrypts the token again if the system asks for it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'seal-'));
  const rotated = { key: 'v11', asksAgain: false };
  const safeStorage = {
    encryptStringAsync: async (text: string) => Buffer.from(`${rotated.key}${text}`),
    decryptStringAsync: async (text: Buffer) => ({
      ...{ result: text.toString().slice(3), shouldReEncrypt: rotated.asksAgain },
    }),
  };
  const log = { info() {}, warn() {}, error() {} };
  const store = createSafeConnectionStore({ safeStorage, dataDir: dir, platform: 'linux', report() {}, log });
  await store.write(OLD);
  Object.assign(rotated, { key: 'v12', asksAgain: true });
  expect(await store.read()).toEqual(OLD);
  const { sealedToken } = JSON.parse(readFileSync(join(dir, 'connection.sealed.json'), 'utf8'));
  expect(Buffer.from(sealedToken, 'base64').toString()).toBe('v12old');
});

test('uses a plain token at once, and encrypts it when the key store is unlocked', async () => {
  const { store, plain, files, sealed, reports, unlock } = openStore('locked');
  writeFileSync(plain, JSON.stringify(OLD));
  expect(await store.read()).toEqual(OLD);
  expect([files(), reports]).toEqual([['connection.json'], []]);
  unlock();
  await vi.waitFor(() => expect(files()).toEqual(['connection.sealed.json']));
  expect([sealed(), reports]).toEqual(['v11dlo', ['sealed']]);
});

test('moves a token that an earlier version encrypted with the built-in key to a plain file', async () => {
  const { store, dir, files, reports } = openStore('missing');
  const sealedToken = Buffer.from('v10dlo').toString('base64');
  writeFileSync(join(dir, 'connection.sealed.json'), JSON.stringify({ serverUrl: OLD.serverUrl, sealedToken }));
  expect(await store.read()).toEqual(OLD);
  expect([files(), new Set(reports)]).toEqual([['connection.json'], new Set(['file'])]);
});

test('waits for a locked key store, and reports after some seconds that it is locked', async () => {
  const { store, reports, unlock } = await storedBefore('locked');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const read = store.read();
  await sleep(50);
  vi.advanceTimersByTime(KEY_STORE_WITHIN_MS);
  expect([reports, await store.read()]).toEqual([['locked'], null]);
  unlock();
  expect(await read).toEqual(OLD);
  await vi.waitFor(() => expect(reports).toEqual(['locked', 'sealed']));
});

test('reads nothing from a key store that stays locked, and keeps the encrypted token', async () => {
  const { store, reports, files } = await storedBefore('missing');
  expect(await store.read()).toBeNull();
  expect([files(), reports.at(-1)]).toEqual([['connection.sealed.json'], 'locked']);
});

test('stores a token in a plain file while the key store is locked; unlocking does not bring the old one back', async () => {
  const { store, files, sealed, unlock } = await storedBefore('locked');
  const read = store.read();
  await store.write(NEW);
  expect(files()).toEqual(['connection.json']);
  unlock();
  expect(await read).toBeNull();
  await vi.waitFor(() => expect(files()).toEqual(['connection.sealed.json']));
  expect([sealed(), await store.read()]).toEqual(['v11wen', NEW]);
}, 15_000);
