import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import type { Clock } from '../ports.ts';
import type { LastWord } from './last-word.ts';
import type { LedgerQuestion } from './ledger-check.ts';
import type { ServerApi } from './server-api.ts';
import type { ServerClock } from './server-clock.ts';
import { ServerError } from './server-error.ts';
import type { SyncEngine } from './sync-engine.ts';

/** Most batches in one poll; a display further behind continues with the next poll. */
const MOST_ROUNDS = 200;

export interface PollerOptions {
  clock: Clock;
  api: ServerApi;
  sync: SyncEngine;
  serverClock: ServerClock;
  /** ms between two polls (L2). */
  every(): number;
  lastWord: LastWord;
  /** C3. */
  askLedger(): LedgerQuestion;
  /** A poll ended; `error` is null when it worked. */
  onPolled(error: unknown): void;
}

export type Poller = ReturnType<typeof createPoller>;

/** Rule L2: while the socket is down, fetches the same changes by the same cursor over HTTP. */
export function createPoller(options: PollerOptions) {
  const { clock, api, sync, serverClock, lastWord, askLedger, every, onPolled } = options;
  let running: Promise<boolean> | null = null;
  /** Counts polls; results of an overtaken poll are ignored. */
  let round = 0;
  let on = false;
  let closed = false;
  let cancelNext: (() => void) | null = null;
  let polledUntil: number | null = null;
  let answered = false;

  async function catchUp(mine: number): Promise<void> {
    for (let batches = 0; batches < MOST_ROUNDS; batches++) {
      const position = sync.position();
      const ledger = askLedger();
      const sentAt = clock.monotonic();
      // With an empty cache the server would only answer to start over.
      const answer = position.epoch === null ? null : await api.sync(position, ledger.answered);
      if (closed || mine !== round) return;
      if (answer) {
        answered = true;
        serverClock.answered(sentAt, answer.serverTime);
        sync.setHead(answer.epoch, answer.head);
        ledger.take(answer.known);
      }
      if (answer?.mode === 'delta') sync.takeChanges(answer, 'poll');
      else {
        if (answer) sync.invalidate(position);
        const reason = answer?.reason ?? 'first';
        const snapshot = await api.snapshot(reason);
        if (closed || mine !== round) return;
        sync.takeSnapshot(snapshot, position, reason);
      }
      lastWord.update();
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
      if (error instanceof ServerError) answered = error.status !== null;
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
    /** The socket is down: polls now, and then periodically. */
    start(): void {
      if (on) return;
      on = true;
      answered = false;
      void pollNow();
    },
    /** The socket is up. A running poll continues. */
    stop,
    close(): void {
      closed = true;
      stop();
    },
    /** Joins a running poll, if there is one. Resolves to true when the poll worked. */
    pollNow,
    /** Replaces a running poll, which may be waiting on a dead connection. Does nothing if none runs. */
    restart(): void {
      if (running === null) return;
      running = null;
      void pollNow();
    },
    /** The server answers HTTP, if only with an error: known since the last poll. */
    answered: (): boolean => answered,
    /** Until when the last poll counts (monotonic ms); null: it failed, or the socket is up. */
    polledUntil: (): number | null => polledUntil,
  };
}
