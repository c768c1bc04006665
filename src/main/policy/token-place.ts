/** Where the token is stored: encrypted (sealed) by the system's key store, or in a file that only this user can read. */
export const TOKEN_PLACES = ['sealed', 'file'] as const;
export type TokenPlace = (typeof TOKEN_PLACES)[number];

/** The system's key store. */
export interface KeyStore {
  /** It can encrypt now. */
  available: boolean;
  /** Which one it is, on Linux; null where there is only one. */
  backend: string | null;
}

/**
 * Rejects `basic_text`: on a Linux desktop without a key store, Electron encrypts with a password from its own source code,
 * which is no safer than a file.
 */
export function tokenPlace({ available, backend }: KeyStore): TokenPlace {
  return available && backend !== 'basic_text' ? 'sealed' : 'file';
}
