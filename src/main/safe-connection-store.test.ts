import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { expect, test } from 'vitest';
import { createSafeConnectionStore } from './safe-connection-store.ts';

const CONNECTION = { serverUrl: 'http://10.0.0.5:4310', token: 'tr_d_secret' };

/** A fake key store that can change its key, and can fail. */
function openStore() {
  const dir = mkdtempSync(join(tmpdir(), 'seal-'));
  const keys = { newest: 1, broken: false };
  const logged: string[] = [];
  const safeStorage = {
    async encryptStringAsync(text) {
      if (keys.broken) throw new Error('the key ring is locked');
      return Buffer.from(`key ${keys.newest}:${[...text].reverse().join('')}`);
    },
    async decryptStringAsync(sealed) {
      const [, key, turned = ''] = /^key (\d):(.*)$/.exec(sealed.toString()) ?? [];
      return { result: [...turned].reverse().join(''), shouldReEncrypt: Number(key) !== keys.newest };
    },
  } satisfies Partial<SafeStorage>;
  const note = (message: string) => void logged.push(message);
  const log = { info: note, warn: note, error: note };
  const store = createSafeConnectionStore(safeStorage as unknown as SafeStorage, dir, log);
  const sealed = () =>
    Buffer.from(JSON.parse(readFileSync(join(dir, 'connection.sealed.json'), 'utf8')).sealedToken, 'base64').toString();
  return { store, keys, logged, sealed, open: join(dir, 'connection.json') };
}

test('encrypts the token again if the system has a new key', async () => {
  const { store, keys, sealed } = openStore();
  await store.write(CONNECTION);
  keys.newest = 2;
  expect(await store.read()).toEqual(CONNECTION);
  expect(sealed()).toMatch(/^key 2:/);
});

test('uses a plain token, and keeps its file while it cannot be encrypted', async () => {
  const { store, keys, logged, sealed, open } = openStore();
  writeFileSync(open, JSON.stringify(CONNECTION));
  keys.broken = true;
  expect(await store.read()).toEqual(CONNECTION);
  expect([existsSync(open), logged]).toEqual([true, ['the token could not be sealed']]);
  keys.broken = false;
  expect(await store.read()).toEqual(CONNECTION);
  expect([existsSync(open), sealed()]).toEqual([false, 'key 1:terces_d_rt']);
});

test('does not write a token that it cannot encrypt, and rejects', async () => {
  const { store, keys, open } = openStore();
  keys.broken = true;
  await expect(store.write(CONNECTION)).rejects.toThrow('locked');
  expect([existsSync(open), await store.read()]).toEqual([false, null]);
});
