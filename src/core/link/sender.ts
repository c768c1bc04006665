import type { Command, CommandAnswer } from '#contract/command.ts';
import { MAX_COMMANDS } from '#contract/sync.ts';
import type { Clock, Log } from '../ports.ts';
import type { Answered, Queue } from '../queue/queue.ts';
import type { CommandRow } from '../stores.ts';
import { backOffMs } from './back-off.ts';
import type { CommandTransport } from './command-transport.ts';
import { ServerError } from './server-error.ts';

/** Most UTF-16 units in one batch: at three bytes each they still fit the 128 KiB of an HTTP body. */
const BATCH_UNITS = 40_000;

/** How soon a command that waits for the server's time is tried again, ms. */
const SERVER_TIME_MS = 1_000;

export interface SenderOptions {
  clock: Clock;
  random(): number;
  log: Log;
  queue: Pick<Queue, 'waiting' | 'awaitsServerTime' | 'toSend' | 'answered' | 'giveUp' | 'giveUpUnreadable'>;
  /** The transport to send over now, or null. */
  transport(): CommandTransport | null;
  /** Called when a batch goes up; returns what to call once its answers are in the queue. */
  sending(): () => void;
  /** The cache's epoch. An answer given in another epoch does not apply to the cache and is ignored. */
  epoch(): string | null;
  onAnswered(answered: Answered): void;
  /** The server is in another epoch: say hello again. */
  onOtherEpoch(): void;
  /** The server expects a command that it should already know: check the ledger (C3). */
  onExpected(): void;
  /** A batch failed; it stays in the queue. */
  onFailed(error: unknown): void;
}

export type Sender = ReturnType<typeof createSender>;

/**
 * Sends the queue to the server (C3 to C5): one batch in flight, in order, over whichever transport is open. A failed
 * batch stays in the queue and is retried for ever.
 */
export function createSender(options: SenderOptions) {
  const { clock, random, log, queue, transport, sending, epoch, onAnswered, onOtherEpoch, onExpected, onFailed } =
    options;
  let inFlight = false;
  let failures = 0;
  let cancelRetry: (() => void) | null = null;
  /** Most commands in a batch. Drops to one when the server refuses a whole batch, to find the invalid command. */
  let batchLimit = MAX_COMMANDS;
  /** Why the last batch failed. */
  let failure: ServerError['reason'] | null = null;
  let closed = false;

  async function sendOne(): Promise<void> {
    const up = transport();
    if (closed || inFlight || cancelRetry || !up || epoch() === null) return;
    if (queue.awaitsServerTime()) return later(0, SERVER_TIME_MS);
    let batch: Command[] = [];
    inFlight = true;
    try {
      batch = nextBatch();
      if (batch.length === 0) return;
      const answered = sending();
      const answer = await up.commands(batch);
      if (closed) return;
      const isTaken = take(answer, batch);
      answered();
      if (isTaken) progressed();
      else later(0);
    } catch (error) {
      if (!closed) failed(error, batch);
    } finally {
      inFlight = false;
    }
  }

  /** As many waiting commands as fit in one message; at least one. */
  function nextBatch(): Command[] {
    const batch: Command[] = [];
    let units = 0;
    const rejected = queue.giveUpUnreadable();
    if (rejected.length > 0) onAnswered({ count: 0, rejected, elsewhere: [] });
    for (const row of queue.waiting().slice(0, batchLimit)) {
      const command = queue.toSend(row);
      if (!command) continue;
      units += JSON.stringify(command).length;
      if (units > BATCH_UNITS && batch.length > 0) break;
      batch.push(command);
    }
    return batch;
  }

  /** Returns whether any command of the batch was answered. */
  function take({ epoch: answeredIn, results, expected }: CommandAnswer, batch: readonly Command[]): boolean {
    if (answeredIn !== epoch()) {
      onOtherEpoch();
      return false;
    }
    onAnswered(queue.answered(results, answeredIn));
    if (expected !== undefined) onExpected();
    return results.some(({ commandId }) => batch.some((command) => command.commandId === commandId));
  }

  function progressed(): void {
    failures = 0;
    failure = null;
    batchLimit = MAX_COMMANDS;
    later(0, 0);
  }

  function later(atLeast: number, wait = Math.max(atLeast, backOffMs(failures++, random()))): void {
    cancelRetry = clock.after(wait, () => {
      cancelRetry = null;
      void sendOne();
    });
  }

  function failed(error: unknown, batch: readonly Command[]): void {
    const status = error instanceof ServerError ? error.status : null;
    const [first, second] = batch;
    if (status === 400 || status === 413 || status === 422) {
      const row = second ? undefined : queue.waiting().find(({ commandId }) => commandId === first?.commandId);
      if (row) giveUp(row, (error as ServerError).message);
      batchLimit = 1;
    }
    failure = error instanceof ServerError ? error.reason : null;
    onFailed(error);
    later(error instanceof ServerError ? error.retryAfterMs : 0);
  }

  /** A command that can never be answered must not block the others. */
  function giveUp(row: CommandRow, message: string): void {
    log.error('a command cannot be sent', { commandId: row.commandId, type: row.intent?.type, message });
    onAnswered({ count: 0, rejected: [queue.giveUp(row, message)], elsewhere: [] });
  }

  return {
    /** Sends what is waiting, unless a batch is in flight or a retry is pending. */
    poke: (): void => void sendOne(),
    /** Why the last batch failed; null: it did not fail. */
    failure: (): ServerError['reason'] | null => failure,
    /** Sends at once, without waiting for the back-off: a transport is open again, or the user asks. */
    now(): void {
      cancelRetry?.();
      cancelRetry = null;
      void sendOne();
    },
    close(): void {
      closed = true;
      cancelRetry?.();
      cancelRetry = null;
    },
  };
}
