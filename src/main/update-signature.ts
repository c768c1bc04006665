import { verify } from 'node:crypto';

/** What `latest.yml` says of an update, as far as it is signed: which version, and the content of every file. */
export interface SignedUpdate {
  version: string;
  files: readonly { url: string; sha512: string }[];
}

/** The words that the signature is made of. */
export function signedWords({ version, files }: SignedUpdate): Buffer {
  const lines = files.map(({ url, sha512 }) => `${url} ${sha512}`).sort();
  return Buffer.from(['ticketrail update', version, ...lines].join('\n'));
}

/**
 * Whether an update is ours, on every system alike: Linux has no signatures of its own, and on Windows they are looked at
 * only when the build had one. What is fetched is then held against the signed sums by the updater.
 *
 * @param update as it was fetched, with `signature` in Base64
 * @param publicKey Base64 of an Ed25519 key's DER
 */
export function isSigned(update: SignedUpdate & { signature?: unknown }, publicKey: string): boolean {
  const { signature } = update;
  if (typeof signature !== 'string') return false;
  const key = { key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' } as const;
  try {
    return verify(null, signedWords(update), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
