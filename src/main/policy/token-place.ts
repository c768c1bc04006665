/** Where the token is kept: sealed by the system's key store, or in a file that only this user reads. */
export const TOKEN_PLACES = ['sealed', 'file'] as const;
export type TokenPlace = (typeof TOKEN_PLACES)[number];

/** What a system says of its key store. */
export interface KeyStore {
  /** It can seal now. */
  available: boolean;
  /** Linux: which one it is; null where there is only one. */
  backend: string | null;
}

/**
 * A seal has to be worth the name: on a Linux desktop without a key store Electron seals with a password that is in its
 * source (`basic_text`), which looks safer than a file and is not.
 */
export function tokenPlace({ available, backend }: KeyStore): TokenPlace {
  return available && backend !== 'basic_text' ? 'sealed' : 'file';
}
