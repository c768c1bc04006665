/** Most orders that are remembered. */
const MOST = 1_000;
/** For how long a status that was read need not be read again before a receipt is written over it, ms. */
const FRESH_MS = 10_000;

interface Status {
  status: string;
  /** ms since 1970. */
  at: number;
}

/** The statuses at HubRise that this process has seen; it may forget them at any time. */
export interface Memory {
  /** It was read just now. */
  saw(order: { id: string; status: string }): void;
  /** null: it was not read in the last seconds. */
  justSaw(id: string): string | null;
  /** Ours that were written, by their clock. */
  written: Remembered;
  /** Those that callbacks told, by their clock. */
  told: Remembered;
}

interface Remembered {
  set(id: string, status: Status): void;
  get(id: string): Status | undefined;
}

export function createMemory(now: () => number): Memory {
  const read = remember();
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

function remember(): Remembered {
  const all = new Map<string, Status>();
  return {
    set(id, status) {
      all.delete(id);
      all.set(id, status);
      const [oldest] = all.keys();
      if (all.size > MOST && oldest !== undefined) all.delete(oldest);
    },
    get: (id) => all.get(id),
  };
}
