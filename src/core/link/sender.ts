import type { Command, CommandAnswer } from '#contract/command.ts';
import { MAX_COMMANDS } from '#contract/sync.ts';
import type { Clock, Log } from '../ports.ts';
import type { Answered, Queue } from '../queue/queue.ts';
import type { CommandRow } from '../stores.ts';
import { backOffMs } from './back-off.ts';
import type { CommandTransport } from './command-transport.ts';
import { ServerError } from './server-error.ts';

/** UTF-16 units in one batch: three bytes each would still fit the 128 KiB of an HTTP body. */
const BATCH_UNITS = 40_000;

export interface SenderOptions {
  clock: Clock;
  random(): number;
  log: Log;
  queue: Pick<Queue, 'waiting' | 'commandOf' | 'answered' | 'giveUp'>;
  /** The way that is open now, or null. */
  transport(): CommandTransport | null;
  /** The cache's epoch: an answer given in another has no meaning for the picture and is not taken. */
  epoch(): string | null;
  onAnswered(answered: Answered): void;
  /** The server is in another epoch: hello must be said again. */
  onOtherEpoch(): void;
  /** The server waits for a command that it should know: the ledger must be checked (C3). */
  onExpected(): void;
  /** A batch failed; it stays in the queue. */
  onFailed(error: unknown): void;
}

export type Sender = ReturnType<typeof createSender>;

/**
 * The way up (C3 to C5): one batch in flight, in order, over whichever way is open. What fails stays in the queue and is
 * tried again, without end.
 */
export function createSender(options: SenderOptions) {
  const { clock, random, log, queue, transport, epoch, onAnswered, onOtherEpoch, onExpected, onFailed } = options;
  let inFlight = false;
  let failures = 0;
  let cancelRetry: (() => void) | null = null;
  /** Shrinks to one when a batch is refused as a whole, to find the command that spoils it. */
  let most = MAX_COMMANDS;
  /** Why the last batch was not answered. */
  let failure: ServerError['reason'] | null = null;
  let closed = false;

  async function sendOne(): Promise<void> {
    const up = transport();
    if (closed || inFlight || cancelRetry || !up || epoch() === null) return;
    let batch: Command[] = [];
    inFlight = true;
    try {
      batch = nextBatch();
      if (batch.length === 0) return;
      const answer = await up.commands(batch);
      if (closed) return;
      if (take(answer, batch)) progressed();
      else later(0);
    } catch (error) {
      if (!closed) failed(error, batch);
    } finally {
      inFlight = false;
    }
  }

  /** As many waiting commands as fit one message; at least one. */
  function nextBatch(): Command[] {
    const batch: Command[] = [];
    let units = 0;
    for (const row of queue.waiting().slice(0, most)) {
      const command = queue.commandOf(row);
      if (command) {
        units += JSON.stringify(command).length;
        if (units > BATCH_UNITS && batch.length > 0) break;
        batch.push(command);
      } else giveUp(row, 'What was tapped can no longer be read from the disk.');
    }
    return batch;
  }

  /** True when the next batch will be another one. */
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
    most = MAX_COMMANDS;
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
      most = 1;
    }
    failure = error instanceof ServerError ? error.reason : null;
    onFailed(error);
    later(error instanceof ServerError ? error.retryAfterMs : 0);
  }

  /** A command that can never be answered must not hold up the others. */
  function giveUp(row: CommandRow, message: string): void {
    log.error('a command cannot be sent', { commandId: row.commandId, type: row.intent?.type, message });
    onAnswered({ count: 0, rejected: [queue.giveUp(row, message)], elsewhere: [] });
  }

  return {
    /** There may be something to send. Does nothing while a batch is in flight or a wait is on. */
    poke: (): void => void sendOne(),
    /** Why the last batch failed; null: it did not. */
    failure: (): ServerError['reason'] | null => failure,
    /** The way is open again, or a person asks: no more waiting. */
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
