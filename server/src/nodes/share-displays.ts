import { randomUUID } from 'node:crypto';
import type { Undo } from '#contract/bridge.ts';
import type { FoundDisplay, FoundNode, NodeStore } from '../database/node-store.ts';
import { type LiveState, newerState } from '../receipts/live-state.ts';
import type { OwnDisplay, ReceiptBook } from '../receipts/receipts.ts';

/** How long the others believe that a server lives, ms. It says so once a second, and its displays may be dead for 12 s. */
export const NODE_LIVES_MS = 8_000;
/** A server that is gone for so long is removed, ms. */
const REMOVED_MS = 60_000;
/** Displays that come or go within this time are written together, ms. */
const SOON_MS = 20;
/** Most displays in one statement. */
const AT_ONCE = 2_000;

/** Which displays are live on which servers of one database. */
export interface Nodes {
  /** Writes what has changed here, and reads what has changed elsewhere. Call it once a second. */
  look(): Promise<void>;
  /** Another server has written something. */
  heard(): void;
  /** Called when something is written that the others may read. */
  onWritten(listener: () => void): Undo;
  /** The servers, this one included. */
  count(): number;
  /** Removes this server, after its displays have gone. */
  leave(): Promise<void>;
}

export interface SharedDisplays {
  store: NodeStore;
  receipts: Pick<ReceiptBook, 'elsewhere' | 'forget' | 'onOwn'>;
  onFailure(error: unknown): void;
  /** ms on a clock that never jumps. */
  elapsed(): number;
}

interface OtherNode {
  version: number;
  displays: Map<string, FoundDisplay>;
}

/**
 * Shares the receipts of displays with the other servers through the database: each writes the displays that it has, and
 * reads those of the others as they change. Hints only make that sooner.
 */
export function shareDisplays({ store, receipts, onFailure, elapsed }: SharedDisplays): Nodes {
  /** Another one after this server was removed. null: not there yet. */
  let id: string | null = null;
  let version = 0;
  /** Those that are live here, and those that have gone and of which that is not written yet. */
  const own = new Map<string, OwnDisplay>();
  const unwritten = new Set<string>();
  const others = new Map<string, OtherNode>();
  const listeners = new Set<() => void>();
  let lastRead = elapsed();
  let believesUntil = 0;
  let isWriteDue = false;
  let isReadDue = false;
  let hasLeft = false;
  let working: Promise<void> = Promise.resolve();

  const stopHearing = receipts.onOwn((display, what) => {
    own.set(display.deviceId, display);
    unwritten.add(display.deviceId);
    if (what === 'displays') writeSoon();
  });

  /** One after the other; a failure is the caller's. */
  function inTurn(job: () => Promise<void>): Promise<void> {
    const mine = working.then(job);
    working = mine.catch(() => {});
    return mine;
  }

  function writeSoon(): void {
    if (isWriteDue || id === null) return;
    isWriteDue = true;
    setTimeout(() => {
      isWriteDue = false;
      // A look may have written it since.
      if (unwritten.size > 0) inTurn(write).catch(onFailure);
    }, SOON_MS).unref();
  }

  async function join(): Promise<string> {
    const joining = randomUUID();
    await store.join(joining);
    version = 0;
    for (const deviceId of own.keys()) unwritten.add(deviceId);
    id = joining;
    return joining;
  }

  async function write(): Promise<void> {
    if (hasLeft) return;
    if (id !== null && !(await store.beat(id, version))) id = null;
    const nodeId = id ?? (await join());
    const writing = [...unwritten].slice(0, AT_ONCE).flatMap((deviceId) => own.get(deviceId) ?? []);
    if (writing.length === 0) return;
    for (const { deviceId } of writing) unwritten.delete(deviceId);
    try {
      await store.put(nodeId, version + 1, writing.map(rowOf));
      version += 1;
      await store.beat(nodeId, version);
    } catch (error) {
      for (const { deviceId } of writing) unwritten.add(deviceId);
      throw error;
    }
    for (const { deviceId, live } of writing) if (!live && !unwritten.has(deviceId)) own.delete(deviceId);
    for (const listener of listeners) listener();
    if (unwritten.size > 0) writeSoon();
  }

  async function read(): Promise<void> {
    const found = await store.others(id ?? '');
    const now = elapsed();
    // The database was away, or this server was paused: the others could not say that they live.
    if (now - lastRead > NODE_LIVES_MS / 2) believesUntil = now + NODE_LIVES_MS;
    lastRead = now;
    const lives = (node: FoundNode) => node.ageMs < NODE_LIVES_MS || (now < believesUntil && others.has(node.id));
    const alive = new Map(found.filter(lives).map((node) => [node.id, node.version]));
    const changed = new Map<string, FoundDisplay>();
    for (const [nodeId, { displays }] of others) {
      if (alive.has(nodeId)) continue;
      others.delete(nodeId);
      for (const display of displays.values()) changed.set(display.deviceId, display);
    }
    for (const [nodeId, newest] of alive) {
      const node = others.get(nodeId) ?? { version: 0, displays: new Map() };
      others.set(nodeId, node);
      if (newest === node.version) continue;
      for (const display of await store.displaysOf(nodeId, node.version)) {
        node.displays.set(display.deviceId, display);
        changed.set(display.deviceId, display);
      }
      node.version = newest;
    }
    for (const display of changed.values()) apply(display);
    for (const node of found) if (node.ageMs > REMOVED_MS) await store.remove(node.id);
  }

  /** Tells the receipts of a display, from all servers that have said something of it. */
  function apply(display: FoundDisplay): void {
    if (display.isRevoked) {
      receipts.forget(display.deviceId);
      return;
    }
    let live: LiveState | null = null;
    let cursor = display.cursor;
    for (const { displays } of others.values()) {
      const there = displays.get(display.deviceId);
      if (!there?.since) continue;
      live = newerState(live, { since: there.since, isConnected: there.isConnected, cursor: there.cursor });
      cursor = live?.cursor ?? null;
    }
    receipts.elsewhere({ id: display.deviceId, name: display.name, storeId: display.storeId }, live, cursor);
  }

  return {
    async look() {
      await inTurn(write).finally(() => inTurn(read));
    },
    heard() {
      if (isReadDue) return;
      isReadDue = true;
      inTurn(() => {
        isReadDue = false;
        return read();
      }).catch(onFailure);
    },
    onWritten(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    count: () => others.size + 1,
    async leave() {
      stopHearing();
      await inTurn(async () => {
        hasLeft = true;
        if (id !== null) await store.remove(id);
      });
    },
  };
}

const rowOf = ({ deviceId, live, cursor }: OwnDisplay) => ({
  deviceId,
  since: live?.since ?? null,
  isConnected: live?.isConnected ?? false,
  cursor,
});
