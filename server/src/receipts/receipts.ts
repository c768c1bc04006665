import type { Presence } from '#contract/sync.ts';
import type { Hints } from '../hints/hints.ts';
import type { Access, DeviceCaller, Receipts } from '../service.ts';

/** A display that polls is live for so long after each time, ms. */
export const POLL_LIVE_MS = 70_000;

interface Known {
  name: string;
  /** null: nothing that counts. */
  cursor: number | null;
  sockets: number;
  /** On the clock that never jumps, ms; null: not by HTTP, or too long ago. */
  polledAt: number | null;
  /** Since when it is live, ISO; '' when it is not. */
  since: string;
}

interface StoreDisplays {
  byId: Map<string, Known>;
  /** Since when none is live, on the clock that never jumps; null: one is. */
  darkSince: number | null;
}

export interface ReceiptBook extends Receipts {
  /** What a display had on its disk when this process began. */
  remember(display: { id: string; name: string; storeId: string }, cursor: number | null): void;
  /** This device is no display of ours any more. */
  forget(deviceId: string): void;
  /** The furthest that any display of the store has on its disk. */
  furthest(storeId: string): number;
  /** For how long the store has had no live display, ms; 0 while it has one. */
  darkFor(storeId: string): number;
  /** Looks for displays that have stopped polling. Now and then. */
  look(): void;
}

/** All in memory; what must outlive the process goes through `seen`. `elapsed`: ms on a clock that never jumps. */
export function createReceipts(parts: {
  seen: Access['seen'];
  hints: Hints;
  now(): number;
  elapsed(): number;
}): ReceiptBook {
  const { seen, hints, now, elapsed } = parts;
  const began = elapsed();
  const stores = new Map<string, StoreDisplays>();
  const polling = new Map<string, DeviceCaller>();

  function storeOf(storeId: string): StoreDisplays {
    const known = stores.get(storeId) ?? { byId: new Map(), darkSince: began };
    stores.set(storeId, known);
    return known;
  }

  function displayOf({ id, name, storeId }: { id: string; name: string; storeId: string }): Known {
    const { byId } = storeOf(storeId);
    const known = byId.get(id) ?? { name, cursor: null, sockets: 0, polledAt: null, since: '' };
    byId.set(id, known);
    return known;
  }

  const tell = (storeId: string, what: 'displays' | 'cursors'): void => {
    hints.say({ kind: 'presence', storeId, what });
  };

  /** After anything that decides whether a display is live. */
  function settle(storeId: string, display: Known): void {
    const live = display.sockets > 0 || display.polledAt !== null;
    if (live === (display.since !== '')) return;
    display.since = live ? new Date(now()).toISOString() : '';
    const store = storeOf(storeId);
    const dark = [...store.byId.values()].every(({ since }) => since === '');
    store.darkSince = dark ? elapsed() : null;
    tell(storeId, 'displays');
  }

  function onDisk(display: DeviceCaller, cursor: number | null): void {
    const known = displayOf(display);
    seen(display.id, cursor);
    if (known.cursor === cursor) return;
    known.cursor = cursor;
    tell(display.storeId, 'cursors');
  }

  return {
    connected(display) {
      const known = displayOf(display);
      known.sockets += 1;
      settle(display.storeId, known);
      let gone = false;
      return () => {
        if (gone) return;
        gone = true;
        known.sockets -= 1;
        // It has to poll again before that counts: a display that was just switched off is gone.
        if (known.sockets === 0) known.polledAt = null;
        settle(display.storeId, known);
      };
    },
    polled(display, cursor) {
      const known = displayOf(display);
      if (known.sockets > 0) return;
      onDisk(display, cursor);
      known.polledAt = elapsed();
      polling.set(display.id, display);
      settle(display.storeId, known);
    },
    onDisk,
    isConnected: (deviceId) => [...stores.values()].some(({ byId }) => (byId.get(deviceId)?.sockets ?? 0) > 0),
    presence(storeId): Presence {
      const live = [...(stores.get(storeId)?.byId ?? [])].filter(([, { since }]) => since !== '');
      return {
        displays: live.map(([deviceId, { name, since, cursor }]) => ({ deviceId, name, since, cursor: cursor ?? 0 })),
      };
    },
    remember(display, cursor) {
      displayOf(display).cursor = cursor;
    },
    forget(deviceId) {
      polling.delete(deviceId);
      for (const [storeId, { byId }] of stores) {
        const known = byId.get(deviceId);
        if (!known) continue;
        known.sockets = 0;
        known.polledAt = null;
        settle(storeId, known);
        byId.delete(deviceId);
      }
    },
    furthest(storeId) {
      let furthest = 0;
      for (const { cursor } of stores.get(storeId)?.byId.values() ?? []) furthest = Math.max(furthest, cursor ?? 0);
      return furthest;
    },
    darkFor(storeId) {
      const { darkSince } = storeOf(storeId);
      return darkSince === null ? 0 : Math.max(1, elapsed() - darkSince);
    },
    look() {
      for (const display of polling.values()) {
        const known = displayOf(display);
        if (known.polledAt !== null && elapsed() - known.polledAt < POLL_LIVE_MS) continue;
        known.polledAt = null;
        polling.delete(display.id);
        settle(display.storeId, known);
      }
    },
  };
}
