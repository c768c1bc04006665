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
  /** Wrong tries since the last right one, and the one that is being checked. */
  wrong: number;
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
  let waitUntil = clock.monotonic() + waitAfter(kept?.wrong ?? 0);
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

  function count(pin: KeptPin, wrong: number): void {
    pin.wrong = wrong;
    try {
      store.setNote('pin', pin);
    } catch {
      // A disk that fails is reported elsewhere, and must not lock the settings.
    }
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
      return pin === null ? null : { salt, hash: await slowHash(pin, salt), wrong: 0 };
    },
    /** Null removes the PIN. Throws `StorageError` and then changes nothing. */
    set(next: KeptPin | null): void {
      store.setNote('pin', next);
      kept = next;
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
      const { salt, hash, wrong } = kept;
      // Before the check: a restart meanwhile must not give the try back.
      count(kept, wrong + 1);
      const given = await slowHash(pin, salt).finally(() => {
        trying = false;
      });
      if (given === hash) {
        count(kept, 0);
        stayUnlocked();
        onChange();
        return { unlocked: true, waitMs: 0 };
      }
      const waitMs = waitAfter(wrong + 1);
      waitUntil = clock.monotonic() + waitMs;
      return { unlocked: false, waitMs };
    },
    close(): void {
      relock?.();
    },
  };
}

const waitAfter = (wrong: number): number =>
  wrong < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrong - FREE_TRIES));

function readable(note: unknown): KeptPin | null {
  const { salt, hash, wrong } = (note ?? {}) as Partial<Record<string, unknown>>;
  if (typeof salt !== 'string' || typeof hash !== 'string') return null;
  return { salt, hash, wrong: typeof wrong === 'number' ? wrong : 0 };
}
