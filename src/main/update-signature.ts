import { verify } from 'node:crypto';

/** The signed part of `latest.yml`: the version, and the hash of every file. */
export interface SignedUpdate {
  version: string;
  files: readonly { url: string; sha512: string }[];
}

/** The bytes that are signed. */
export function signedWords({ version, files }: SignedUpdate): Buffer {
  const lines = files.map(({ url, sha512 }) => `${url} ${sha512}`).sort();
  return Buffer.from(['ticketrail update', version, ...lines].join('\n'));
}

/**
 * Whether we signed this update. Needed on every system: Linux has no code signatures, and Windows checks one only if the
 * build had one. The updater then compares the downloaded files with the signed hashes.
 *
 * @param update as downloaded, with `signature` in Base64
 * @param publicKey Base64 of an Ed25519 key's DER
 */
export function isSigned(
  update: SignedUpdate & { signature?: unknown; packages?: unknown },
  publicKey: string,
): boolean {
  const { signature, packages } = update;
  // The files of a web installer, which the signature does not cover; the updater would install them on Windows.
  if (typeof signature !== 'string' || packages) return false;
  const key = { key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' } as const;
  try {
    return verify(null, signedWords(update), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
