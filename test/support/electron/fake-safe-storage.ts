import type { SafeStorage } from 'electron';

/** `locked`: it asks a person, who has not answered yet. `missing`: there is none, or nobody can open it. */
export type FakeKeyStore = 'open' | 'locked' | 'missing';

/** `safeStorage`, which encrypts by reversing the text. */
export function fakeSafeStorage(keyStore: FakeKeyStore, platform: NodeJS.Platform) {
  const { promise: asked, resolve } = Promise.withResolvers<{ hasKey: boolean }>();
  if (keyStore !== 'locked') resolve({ hasKey: keyStore === 'open' });
  const turn = (text: string) => [...text].reverse().join('');
  const [ownTag, builtInTag] = platform === 'linux' ? ['v11', 'v10'] : ['v10', null];

  const methods = {
    async encryptStringAsync(text) {
      const tag = (await asked).hasKey ? ownTag : builtInTag;
      if (tag === null) throw new Error('Error while encrypting the text provided to safeStorage.encryptStringAsync.');
      return Buffer.from(`${tag}${turn(text)}`);
    },
    async decryptStringAsync(sealed) {
      const { hasKey } = await asked;
      const [, tag, text = ''] = /^(v1\d)(.*)$/.exec(sealed.toString()) ?? [];
      if (tag === ownTag && !hasKey)
        throw new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.');
      if (tag !== ownTag && tag !== builtInTag)
        throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.');
      return { result: turn(text), shouldReEncrypt: false };
    },
  } satisfies Partial<SafeStorage>;
  return {
    safeStorage: methods as unknown as SafeStorage,
    unlock: () => resolve({ hasKey: true }),
    /** A person closes the prompt. */
    dismiss: () => resolve({ hasKey: false }),
  };
}
