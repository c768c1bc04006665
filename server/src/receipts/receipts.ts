import type { Undo } from '#contract/bridge.ts';
import type { Presence } from '#contract/sync.ts';
import type { DeviceCaller } from '../caller.ts';
import type { Hints } from '../hints/hints.ts';
import type { Access, Receipts } from '../service.ts';
import { type LiveState, newerState } from './live-state.ts';

/** How long a polling display is live after each poll, ms. */
export const POLL_LIVE_MS = 70_000;

/** A display, without its role. */
interface Display {
  id: string;
  name: string;
  storeId: string;
}

interface Known extends Display {
  /** As last heard here, or where it is live; null: it must start over. */
  cursor: number | null;
  sockets: number;
  /** On the clock that never jumps, ms; null: never, or too long ago. */
  polledAt: number | null;
  /** Since when it is live here, ISO; '' if it is not. */
  since: string;
  /** On another node; null: it is not live there. */
  elsewhere: LiveState | null;
}

interface StoreDisplays {
  byId: Map<string, Known>;
  /** Since when no display is live, on the clock that never jumps; null: one is live. */
  offlineSince: number | null;
}

/** A display that is live here, or was. */
export interface OwnDisplay {
  deviceId: string;
  /** null: it is no longer live here. */
  live: LiveState | null;
  cursor: number | null;
}

export interface ReceiptBook extends Receipts {
  /** Sets what a display had stored before this process started. */
  remember(display: Display, cursor: number | null): void;
  /** Removes a revoked device. */
  forget(deviceId: string): void;
  /** The highest `seq` that a display of the store has stored. */
  maxAckedSeq(storeId: string): number;
  /** How long the store has had no live display, ms; 0 while it has one. */
  offlineFor(storeId: string): number;
  /** Ends the presence of displays that have stopped polling. Call it every second or so. */
  endStalePolling(): void;
  /** How a display is live on the other nodes, if it is, and what it had stored there. */
  elsewhere(display: Display, live: LiveState | null, cursor: number | null): void;
  /** Called when a display becomes live here, moves on or goes; `what` as in the hint `presence`. */
  onOwn(listener: (display: OwnDisplay, what: 'displays' | 'cursors') => void): Undo;
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
  const displays = new Map<string, Known>();
  const polling = new Set<Known>();
  const listeners = new Set<(display: OwnDisplay, what: 'displays' | 'cursors') => void>();

  function storeOf(storeId: string): StoreDisplays {
    const known = stores.get(storeId) ?? { byId: new Map(), offlineSince: began };
    stores.set(storeId, known);
    return known;
  }

  function displayOf({ id, name, storeId }: Display): Known {
    const display: Known = displays.get(id) ?? {
      id,
      name,
      storeId,
      cursor: null,
      sockets: 0,
      polledAt: null,
      since: '',
      elsewhere: null,
    };
    displays.set(id, display);
    storeOf(storeId).byId.set(id, display);
    return display;
  }

  const notify = (storeId: string, what: 'displays' | 'cursors'): void => {
    hints.say({ kind: 'presence', storeId, what });
  };

  function tellOwn(display: Known, what: 'displays' | 'cursors'): void {
    const own = { deviceId: display.id, live: liveHere(display), cursor: display.cursor };
    for (const listener of listeners) listener(own, what);
  }

  /** Call it after every change that decides whether a display is live here. */
  function updateOwn(display: Known, wasConnected: boolean): void {
    const isLive = display.sockets > 0 || display.polledAt !== null;
    const wasLive = display.since !== '';
    if (isLive !== wasLive) display.since = isLive ? new Date(now()).toISOString() : '';
    if (isLive === wasLive && wasConnected === display.sockets > 0) return;
    tellOwn(display, 'displays');
    if (isLive !== wasLive) updateStore(display.storeId);
  }

  /** Call it after every change of who is live. */
  function updateStore(storeId: string): void {
    const store = storeOf(storeId);
    const offline = [...store.byId.values()].every((display) => liveState(display) === null);
    if (!offline) store.offlineSince = null;
    else store.offlineSince ??= elapsed();
    notify(storeId, 'displays');
  }

  function onDisk(device: DeviceCaller, cursor: number | null): void {
    const display = displayOf(device);
    seen(device.id, cursor);
    if (display.cursor === cursor) return;
    display.cursor = cursor;
    if (display.since !== '') tellOwn(display, 'cursors');
    notify(device.storeId, 'cursors');
  }

  function forget(display: Known): void {
    const wasConnected = display.sockets > 0;
    display.sockets = 0;
    display.polledAt = null;
    display.elsewhere = null;
    polling.delete(display);
    displays.delete(display.id);
    storeOf(display.storeId).byId.delete(display.id);
    updateOwn(display, wasConnected);
    updateStore(display.storeId);
  }

  return {
    connected(device) {
      const display = displayOf(device);
      const wasConnected = display.sockets > 0;
      display.sockets += 1;
      updateOwn(display, wasConnected);
      let gone = false;
      return () => {
        if (gone) return;
        gone = true;
        // Revoked meanwhile.
        if (display.sockets === 0) return;
        display.sockets -= 1;
        // An earlier poll no longer counts: the display may have been switched off.
        if (display.sockets === 0) display.polledAt = null;
        updateOwn(display, true);
      };
    },
    polled(device, cursor) {
      const display = displayOf(device);
      if (display.sockets > 0) return;
      onDisk(device, cursor);
      display.polledAt = elapsed();
      polling.add(display);
      updateOwn(display, false);
    },
    onDisk,
    isConnected: (deviceId) => {
      const display = displays.get(deviceId);
      return display !== undefined && liveState(display)?.isConnected === true;
    },
    presence(storeId): Presence {
      return {
        displays: [...(stores.get(storeId)?.byId.values() ?? [])].flatMap((display) => {
          const live = liveState(display);
          if (!live) return [];
          return [{ deviceId: display.id, name: display.name, since: live.since, cursor: live.cursor ?? 0 }];
        }),
      };
    },
    remember(display, cursor) {
      displayOf(display).cursor = cursor;
    },
    forget(deviceId) {
      const display = displays.get(deviceId);
      if (display) forget(display);
    },
    maxAckedSeq: (storeId) =>
      Math.max(
        0,
        ...[...(stores.get(storeId)?.byId.values() ?? [])].map(({ cursor, elsewhere }) =>
          Math.max(cursor ?? 0, elsewhere?.cursor ?? 0),
        ),
      ),
    offlineFor(storeId) {
      const { offlineSince } = storeOf(storeId);
      return offlineSince === null ? 0 : Math.max(1, elapsed() - offlineSince);
    },
    endStalePolling() {
      for (const display of polling) {
        if (display.polledAt !== null && elapsed() - display.polledAt < POLL_LIVE_MS) continue;
        display.polledAt = null;
        polling.delete(display);
        updateOwn(display, display.sockets > 0);
      }
    },
    elsewhere(found, live, cursor) {
      const display = displayOf(found);
      const { cursor: cursorBefore } = display;
      const before = liveState(display);
      display.elsewhere = live;
      // While it is not here, what it says there is the newest; what it has said where it is no longer may be old.
      if (display.since === '') display.cursor = live ? cursor : furthest(display.cursor, cursor);
      const after = liveState(display);
      if (before?.since !== after?.since) updateStore(display.storeId);
      else if (display.cursor !== cursorBefore || before?.cursor !== after?.cursor) notify(display.storeId, 'cursors');
    },
    onOwn(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const furthest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

const liveHere = ({ since, sockets, cursor }: Known): LiveState | null =>
  since === '' ? null : { since, isConnected: sockets > 0, cursor };

const liveState = (display: Known): LiveState | null => newerState(liveHere(display), display.elsewhere);
