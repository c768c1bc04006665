/** Looks for one that a hint named, one a second: a COMMIT whose answer is lost may not be carried out yet at the first. */
const LOOKS = 5;

export interface ForgetRevokedParts {
  /** Which of these devices are revoked. Rejects while the database is away. */
  revoked(deviceIds: readonly string[]): Promise<string[]>;
  /** Forgets what a display has stored. */
  forget(deviceId: string): void;
}

/** Forgets revoked displays. A hint may be wrong, and a valid display must not be forgotten: the database decides. */
export function createForgetRevoked({ revoked, forget }: ForgetRevokedParts) {
  /** By device: how often it is still looked for. */
  const named = new Map<string, number>();
  return {
    /** A hint says that this device is revoked. */
    name: (deviceId: string) => void named.set(deviceId, LOOKS),
    /** Call it once a second. Rejects while the database is away, and forgets no hint then. */
    async look(): Promise<void> {
      if (named.size === 0) return;
      const looked = [...named];
      const gone = new Set(await revoked(looked.map(([id]) => id)));
      for (const [id, left] of looked) {
        if (gone.has(id)) forget(id);
        if (gone.has(id) || left <= 1) named.delete(id);
        else named.set(id, left - 1);
      }
    },
  };
}
