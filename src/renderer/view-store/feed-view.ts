import type { Bridge, Undo } from '#contract/bridge.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { BoardPatch } from '#contract/ticket.ts';
import { applyPatches, replaceBoard } from './board-view.ts';
import type { View, ViewStore } from './view-store.ts';

/** The core pushes a status at least every 5 s; without one for this long the link is not live. */
export const SILENT_AFTER_MS = 12_000;
/** The same before the first status. */
const NO_STATUS_AFTER_MS = 3_000;
const RETRY_MS = 1_000;
const WATCH_MS = 1_000;
/** The machine slept if the wall clock gained this much on the monotonic one between two checks. */
const SLEPT_MS = 5_000;

/** The clocks and timers of the page; tests pass their own. */
export interface PageClock {
  /** Monotonic, ms. */
  now(): number;
  /** Wall clock, ms; only its jumps matter. */
  wall(): number;
  after(ms: number, run: () => void): Undo;
  /** Once, before the next paint. */
  frame(run: () => void): Undo;
}

/**
 * Writes the view store from the bridge; nothing else does. What arrives between two paints is shown together in the second, so
 * that the screen renders at most once a frame. Patches are numbered. After a gap it fetches the whole board, and applies
 * patches that arrive meanwhile to that.
 */
export function feedView(store: ViewStore, bridge: Bridge, clock: PageClock): Undo {
  /** Those that the board does not have yet: until the next frame, or until the whole board is fetched. */
  let patches: BoardPatch[] = [];
  /** The last one that the store does not have yet. */
  let heard: Pick<View, 'status' | 'statusAt' | 'silent'> | null = null;
  let fetching = false;
  let closed = false;
  let undoRetry: Undo = () => {};
  let undoFrame: Undo | null = null;

  async function fetchBoard(): Promise<void> {
    if (fetching || closed) return;
    fetching = true;
    const result = await bridge.call('getBoard', null);
    fetching = false;
    if (closed) return;
    if (!result.ok) {
      // The next whole board contains these patches, or a later one reveals the gap again.
      patches = [];
      undoRetry();
      if (store.getState().carrierUp) undoRetry = clock.after(RETRY_MS, () => void fetchBoard());
      return;
    }
    store.setState(({ board }) => ({ board: replaceBoard(board, result.value) }));
    show();
    // Until the cache is read there is nothing to patch: fetch again.
    if (!result.value.loaded) undoRetry = clock.after(RETRY_MS, () => void fetchBoard());
  }

  /** Board and status in one step, so that no screen has one without the other. */
  function show(): void {
    undoFrame?.();
    undoFrame = null;
    const { board } = store.getState();
    const next = fetching ? { board, rest: patches } : applyPatches(board, patches);
    patches = [...next.rest];
    store.setState({ board: next.board, ...heard });
    heard = null;
    if (patches.length > 0) void fetchBoard();
  }

  function showSoon(): void {
    undoFrame ??= clock.frame(show);
  }

  function hear(status: DisplayStatus): void {
    heard = { status, statusAt: clock.now(), silent: false };
    showSoon();
  }

  async function fetchStatus(): Promise<void> {
    const result = await bridge.call('getStatus', null);
    if (!closed && result.ok) hear(result.value);
  }

  const undos = [
    bridge.on('board', (patch) => {
      patches.push(patch);
      showSoon();
    }),
    bridge.on('status', hear),
    bridge.onCarrier((up) => {
      const was = store.getState().carrierUp;
      if (was === up) return;
      if (undoFrame) show();
      store.setState({ carrierUp: up });
      if (!up) return;
      patches = [];
      void fetchStatus();
      void fetchBoard();
    }),
    watch(),
  ];

  function watch(): Undo {
    store.setState({ statusAt: clock.now() });
    let slept = clock.wall() - clock.now();
    let undo: Undo = () => {};
    const look = () => {
      if (undoFrame) show();
      const { status, statusAt, silent } = store.getState();
      const quiet = clock.now() - statusAt;
      if (!silent && quiet > (status ? SILENT_AFTER_MS : NO_STATUS_AFTER_MS)) store.setState({ silent: true });
      const ahead = clock.wall() - clock.now();
      if (ahead - slept > SLEPT_MS) void fetchStatus();
      slept = ahead;
      undo = clock.after(WATCH_MS, look);
    };
    look();
    return () => undo();
  }

  return () => {
    closed = true;
    undoRetry();
    undoFrame?.();
    for (const undo of undos) undo();
  };
}
