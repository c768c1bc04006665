import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import type { Clock } from '../ports.ts';
import type { LastWord } from './last-word.ts';
import type { ServerApi } from './server-api.ts';
import type { ServerClock } from './server-clock.ts';
import type { SyncEngine } from './sync-engine.ts';

/** Batches that one poll takes at most; a display further behind goes on with the next. */
const MOST_ROUNDS = 200;

export interface PollerOptions {
  clock: Clock;
  api: ServerApi;
  sync: SyncEngine;
  serverClock: ServerClock;
  /** ms between two polls (L2). */
  every(): number;
  lastWord: LastWord;
  /** The last answered command (C3). */
  lastAnswered(): string | null;
  /** Whether the ledger holds it. */
  onLedger(known: boolean): void;
  /** A poll ended; with what went wrong, if anything did. */
  onPolled(error: unknown): void;
}

export type Poller = ReturnType<typeof createPoller>;

/** Rule L2, the way down while the socket is down: the same changes by the same cursor, over HTTP. */
export function createPoller(options: PollerOptions) {
  const { clock, api, sync, serverClock, lastWord, lastAnswered, every, onLedger, onPolled } = options;
  let running: Promise<boolean> | null = null;
  /** Counts polls: one that was overtaken by a newer is ignored. */
  let round = 0;
  let on = false;
  let closed = false;
  let cancelNext: (() => void) | null = null;
  let polledUntil: number | null = null;

  async function catchUp(mine: number): Promise<void> {
    for (let batches = 0; batches < MOST_ROUNDS; batches++) {
      const position = sync.position();
      const sentAt = clock.monotonic();
      // With an empty cache the answer would only be to start over.
      const answer = position.epoch === null ? null : await api.sync(position, lastAnswered());
      if (closed || mine !== round) return;
      if (answer) {
        serverClock.answered(sentAt, answer.serverTime);
        sync.heardHead(answer.epoch, answer.head);
        onLedger(answer.known);
      }
      if (answer?.mode === 'delta') sync.takeChanges(answer, 'poll');
      else {
        if (answer) sync.invalidate(position);
        const snapshot = await api.snapshot();
        if (closed || mine !== round) return;
        sync.takeSnapshot(snapshot, position, answer?.reason ?? 'first');
      }
      lastWord.heard();
      if (sync.atHead()) return;
    }
  }

  async function poll(): Promise<boolean> {
    const mine = ++round;
    cancelNext?.();
    try {
      await catchUp(mine);
      if (mine !== round) return false;
      polledUntil = on ? clock.monotonic() + every() + LIVE_WITHIN_MS : null;
      onPolled(null);
      return true;
    } catch (error) {
      if (mine !== round) return false;
      polledUntil = null;
      onPolled(error);
      return false;
    } finally {
      if (mine === round) {
        running = null;
        schedule();
      }
    }
  }

  function schedule(): void {
    cancelNext?.();
    cancelNext = on ? clock.after(every(), () => void pollNow()) : null;
  }
  function pollNow(): Promise<boolean> {
    running ??= poll();
    return running;
  }

  function stop(): void {
    on = false;
    polledUntil = null;
    cancelNext?.();
    cancelNext = null;
  }

  return {
    /** The socket is down: polls now and from now on. */
    start(): void {
      if (on) return;
      on = true;
      void pollNow();
    },
    /** The socket is up. A poll under way goes on. */
    stop,
    close(): void {
      closed = true;
      stop();
    },
    /** True when it worked. A poll that is under way is not doubled. */
    pollNow,
    /** A poll under way may wait on a connection that died: another takes its place. Without one, nothing happens. */
    restart(): void {
      if (running === null) return;
      running = null;
      void pollNow();
    },
    /** Until when the last poll is good (monotonic ms); null: it did not work, or the socket is up. */
    polledUntil: (): number | null => polledUntil,
  };
}
