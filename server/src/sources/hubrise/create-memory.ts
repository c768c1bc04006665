import type { HubRiseOrder } from './hubrise-order.ts';

/** Most orders that are remembered. */
const MOST = 1_000;
/** For how long a status that was read need not be read again before a receipt is written over it, ms. */
const FRESH_MS = 10_000;

interface Status {
  status: string;
  /** ms since 1970. */
  at: number;
}

/** What this process has seen of orders at HubRise; it may forget it at any time. */
export interface Memory {
  /** It was read just now. */
  saw(order: { id: string; status: string }): void;
  /** null: it was not read in the last seconds. */
  justSaw(id: string): string | null;
  /** Ours that were written, by their clock. */
  written: Remembered<Status>;
  /** What callbacks told, by their clock. */
  told: Remembered<{ order: HubRiseOrder; at: number }>;
}

interface Remembered<T> {
  set(id: string, one: T): void;
  get(id: string): T | undefined;
}

export function createMemory(now: () => number): Memory {
  const read = remember<Status>();
  return {
    saw: ({ id, status }) => read.set(id, { status, at: now() }),
    justSaw(id) {
      const known = read.get(id);
      return known && now() >= known.at && now() - known.at < FRESH_MS ? known.status : null;
    },
    written: remember(),
    told: remember(),
  };
}

function remember<T>(): Remembered<T> {
  const all = new Map<string, T>();
  return {
    set(id, one) {
      all.delete(id);
      all.set(id, one);
      const [oldest] = all.keys();
      if (all.size > MOST && oldest !== undefined) all.delete(oldest);
    },
    get: (id) => all.get(id),
  };
}
