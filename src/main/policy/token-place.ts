import type { Desktop } from '#contract/desktop.ts';

/** Where the token is stored: encrypted (sealed) by the system's key store, or in a file that only this user can read. */
export type TokenPlace = Exclude<Desktop['token'], 'locked'>;

/** The mark of a text that Chromium encrypted on Linux with its built-in key (`posix_key_provider.cc`). */
const BUILT_IN_KEY = 'v10';

/**
 * Without a key store Chromium on Linux encrypts with a key from its own source code, which is no safer than a file.
 *
 * @param probe any text, encrypted; null: it could not be encrypted
 */
export function tokenPlace(platform: NodeJS.Platform, probe: Buffer | null): TokenPlace {
  if (probe === null) return 'file';
  return platform === 'linux' && probe.toString('latin1').startsWith(BUILT_IN_KEY) ? 'file' : 'sealed';
}
