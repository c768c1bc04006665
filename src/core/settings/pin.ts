import type { DisplayStatus } from '#contract/display-status.ts';
import type { Ports } from '../ports.ts';
import type { QueueStore } from '../stores.ts';

/** The settings lock again after this time without a protected change, ms. */
const IDLE_MS = 5 * 60_000;
/** Wrong tries without a wait; each further one makes the next wait longer. */
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;

interface KeptPin {
  salt: string;
  hash: string;
}

export type Pin = ReturnType<typeof createPin>;

export interface PinOptions {
  store: Pick<QueueStore, 'note' | 'setNote'>;
  ports: Pick<Ports, 'clock' | 'uuid' | 'slowHash'>;
  onChange(): void;
}

/**
 * The PIN that protects some settings; without one nothing is locked. The disk holds a salted slow hash, outside the settings
 * so that no push, export or log contains it. It does not protect against somebody who has the disk.
 */
export function createPin({ store, ports, onChange }: PinOptions) {
  const { clock, uuid, slowHash } = ports;
  let kept = readable(store.note('pin'));
  let relock: (() => void) | null = null;
  let wrong = 0;
  let waitUntil = Number.NEGATIVE_INFINITY;
  /** One try at a time: several at once would evade the wait. */
  let trying = false;

  function lock(): void {
    relock?.();
    relock = null;
    onChange();
  }
  function stayUnlocked(): void {
    relock?.();
    relock = clock.after(IDLE_MS, lock);
  }

  return {
    status: (): DisplayStatus['pin'] => ({ set: kept !== null, unlocked: kept === null || relock !== null }),
    lock,
    /** A protected change: the idle time starts again. */
    used(): void {
      if (relock) stayUnlocked();
    },
    /** Hashes the digits, for {@link set}. */
    async prepare(pin: string | null): Promise<KeptPin | null> {
      const salt = uuid();
      return pin === null ? null : { salt, hash: await slowHash(pin, salt) };
    },
    /** Null removes the PIN. Throws `StorageError` and then changes nothing. */
    set(next: KeptPin | null): void {
      store.setNote('pin', next);
      kept = next;
      wrong = 0;
      if (next) stayUnlocked();
      else lock();
      onChange();
    },
    /** `waitMs`: how long the next try must wait; earlier tries fail. */
    async unlock(pin: string): Promise<{ unlocked: boolean; waitMs: number }> {
      if (!kept) return { unlocked: true, waitMs: 0 };
      const left = waitUntil - clock.monotonic();
      if (trying || left > 0) return { unlocked: false, waitMs: Math.max(left, 0) };
      trying = true;
      const { salt, hash } = kept;
      const given = await slowHash(pin, salt).finally(() => {
        trying = false;
      });
      if (given === hash) {
        wrong = 0;
        stayUnlocked();
        onChange();
        return { unlocked: true, waitMs: 0 };
      }
      wrong++;
      const waitMs = wrong < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrong - FREE_TRIES));
      waitUntil = clock.monotonic() + waitMs;
      return { unlocked: false, waitMs };
    },
    close(): void {
      relock?.();
    },
  };
}

function readable(note: unknown): KeptPin | null {
  const { salt, hash } = (note ?? {}) as Partial<Record<string, unknown>>;
  return typeof salt === 'string' && typeof hash === 'string' ? { salt, hash } : null;
}
