import type { Bridge, Undo } from '#contract/bridge.ts';
import type { BoardPatch } from '#contract/ticket.ts';
import { applyPatch, replaceBoard } from './board-view.ts';
import type { ViewStore } from './view-store.ts';

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
}

/**
 * Writes the view store from the bridge; nothing else does. Patches are numbered. After a gap it fetches the whole board, and
 * applies patches that arrive meanwhile to that.
 */
export function feedView(store: ViewStore, bridge: Bridge, clock: PageClock): Undo {
  let held: BoardPatch[] = [];
  let fetching = false;
  let closed = false;
  let undoRetry: Undo = () => {};

  async function fetchBoard(): Promise<void> {
    if (fetching || closed) return;
    fetching = true;
    const result = await bridge.call('getBoard', null);
    fetching = false;
    if (closed) return;
    if (!result.ok) {
      // The next whole board contains these patches, or a later one reveals the gap again.
      held = [];
      undoRetry();
      if (store.getState().carrierUp) undoRetry = clock.after(RETRY_MS, () => void fetchBoard());
      return;
    }
    store.setState(({ board }) => ({ board: replaceBoard(board, result.value) }));
    const waiting = held;
    held = [];
    for (const patch of waiting) take(patch);
    // Until the cache is read there is nothing to patch: fetch again.
    if (!result.value.loaded) undoRetry = clock.after(RETRY_MS, () => void fetchBoard());
  }

  function take(patch: BoardPatch): void {
    if (fetching) {
      held.push(patch);
      return;
    }
    const board = applyPatch(store.getState().board, patch);
    if (board !== 'gap') store.setState({ board });
    else {
      held.push(patch);
      void fetchBoard();
    }
  }

  async function fetchStatus(): Promise<void> {
    const result = await bridge.call('getStatus', null);
    if (!closed && result.ok) store.setState({ status: result.value, statusAt: clock.now(), silent: false });
  }

  const undos = [
    bridge.on('board', take),
    bridge.on('status', (status) => store.setState({ status, statusAt: clock.now(), silent: false })),
    bridge.onCarrier((up) => {
      const was = store.getState().carrierUp;
      if (was === up) return;
      store.setState({ carrierUp: up });
      if (!up) return;
      held = [];
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
    for (const undo of undos) undo();
  };
}
