import type { Presence } from '#contract/sync.ts';
import type { DeviceCaller } from '../caller.ts';
import type { Hints } from '../hints/hints.ts';
import type { Access, Receipts } from '../service.ts';

/** How long a polling display is live after each poll, ms. */
export const POLL_LIVE_MS = 70_000;

interface Known {
  name: string;
  /** null: it must start over. */
  cursor: number | null;
  sockets: number;
  /** On the clock that never jumps, ms; null: never, or too long ago. */
  polledAt: number | null;
  /** Since when it is live, ISO; '' if it is not. */
  since: string;
}

interface StoreDisplays {
  byId: Map<string, Known>;
  /** Since when no display is live, on the clock that never jumps; null: one is live. */
  offlineSince: number | null;
}

export interface ReceiptBook extends Receipts {
  /** Sets what a display had stored before this process started. */
  remember(display: { id: string; name: string; storeId: string }, cursor: number | null): void;
  /** Removes a revoked device. */
  forget(deviceId: string): void;
  /** The highest `seq` that a display of the store has stored. */
  maxAckedSeq(storeId: string): number;
  /** How long the store has had no live display, ms; 0 while it has one. */
  offlineFor(storeId: string): number;
  /** Ends the presence of displays that have stopped polling. Call it every second or so. */
  endStalePolling(): void;
}

export interface ReceiptParts {
  seen: Access['seen'];
  hints: Hints;
  now(): number;
  /** ms on a clock that never jumps. */
  elapsed(): number;
}

/** Kept in memory; data that must survive the process goes through `seen`. */
export function createReceipts({ seen, hints, now, elapsed }: ReceiptParts): ReceiptBook {
  const began = elapsed();
  const stores = new Map<string, StoreDisplays>();
  const polling = new Map<string, DeviceCaller>();

  function storeOf(storeId: string): StoreDisplays {
    const known = stores.get(storeId) ?? { byId: new Map(), offlineSince: began };
    stores.set(storeId, known);
    return known;
  }

  function displayOf({ id, name, storeId }: { id: string; name: string; storeId: string }): Known {
    const { byId } = storeOf(storeId);
    const known = byId.get(id) ?? { name, cursor: null, sockets: 0, polledAt: null, since: '' };
    byId.set(id, known);
    return known;
  }

  const notify = (storeId: string, what: 'displays' | 'cursors'): void => {
    hints.say({ kind: 'presence', storeId, what });
  };

  /** Call it after every change that decides whether a display is live. */
  function updateLive(storeId: string, display: Known): void {
    const live = display.sockets > 0 || display.polledAt !== null;
    if (live === (display.since !== '')) return;
    display.since = live ? new Date(now()).toISOString() : '';
    const store = storeOf(storeId);
    const offline = [...store.byId.values()].every(({ since }) => since === '');
    store.offlineSince = offline ? elapsed() : null;
    notify(storeId, 'displays');
  }

  function onDisk(display: DeviceCaller, cursor: number | null): void {
    const known = displayOf(display);
    seen(display.id, cursor);
    if (known.cursor === cursor) return;
    known.cursor = cursor;
    notify(display.storeId, 'cursors');
  }

  return {
    connected(display) {
      const known = displayOf(display);
      known.sockets += 1;
      updateLive(display.storeId, known);
      let gone = false;
      return () => {
        if (gone) return;
        gone = true;
        known.sockets -= 1;
        // An earlier poll no longer counts: the display may have been switched off.
        if (known.sockets === 0) known.polledAt = null;
        updateLive(display.storeId, known);
      };
    },
    polled(display, cursor) {
      const known = displayOf(display);
      if (known.sockets > 0) return;
      onDisk(display, cursor);
      known.polledAt = elapsed();
      polling.set(display.id, display);
      updateLive(display.storeId, known);
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
        updateLive(storeId, known);
        byId.delete(deviceId);
      }
    },
    maxAckedSeq: (storeId) =>
      Math.max(0, ...[...(stores.get(storeId)?.byId.values() ?? [])].map(({ cursor }) => cursor ?? 0)),
    offlineFor(storeId) {
      const { offlineSince } = storeOf(storeId);
      return offlineSince === null ? 0 : Math.max(1, elapsed() - offlineSince);
    },
    endStalePolling() {
      for (const display of polling.values()) {
        const known = displayOf(display);
        if (known.polledAt !== null && elapsed() - known.polledAt < POLL_LIVE_MS) continue;
        known.polledAt = null;
        polling.delete(display.id);
        updateLive(display.storeId, known);
      }
    },
  };
}
